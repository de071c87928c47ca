// Command openapi prints the OpenAPI document that the table of routes makes:
//
//	go run ./cmd/openapi > web/src/api/openapi.json
//
// The TypeScript client is generated from it (npm run generate).
package main

import (
	"fmt"
	"os"

	"github.com/docket-os/docket/internal/httpapi"
)

func main() {
	document, err := httpapi.Document()
	if err != nil {
		fmt.Fprintln(os.Stderr, "openapi:", err)
		os.Exit(1)
	}
	if _, err := os.Stdout.Write(document); err != nil {
		os.Exit(1)
	}
}
