//go:build !linux

package pgtest

import "syscall"

// processOptions: outside Linux, Main alone ends the server.
func processOptions() *syscall.SysProcAttr { return nil }
