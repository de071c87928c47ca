//go:build race

package app_test

// raced: the race detector makes a day of the city ten times as long; the whole
// quarter is lived without it, in a step of its own (dev/prove.go).
const raced = true
