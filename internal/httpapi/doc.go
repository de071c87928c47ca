// Package httpapi is Docket over HTTP: one table of routes (routes.go) feeds
// the mux, the OpenAPI 3.1 document and the generated permission tests. A
// handler decodes, calls the app and turns the answer into a wire type; it
// decides nothing. Errors leave as problem+json (RFC 9457) through one place.
package httpapi
