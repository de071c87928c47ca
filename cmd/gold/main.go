// Command gold measures the reader against documents whose answers were written
// down by other means, and names every difference.
//
//	gold [-v] [-samples DIR]
//
// It prints, for each document, the clauses found of those expected, recall and
// precision, leads and other roles right, units that stand nowhere in the text,
// and text lost; then every difference that remains, with its reason where the
// answer is known to be wrong. The exit status is 1 when a target is missed.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/docket-os/docket/internal/reading/gold"
)

func main() {
	verbose := flag.Bool("v", false, "print every difference, excused ones too")
	samples := flag.String("samples", gold.Folder(os.Getenv("DOCKET_SAMPLES")), "folder of documents and answers")
	flag.Parse()
	sum, err := gold.Run(*samples)
	if err != nil {
		fmt.Fprintf(os.Stderr, "gold: %v\n", err)
		os.Exit(2)
	}
	sum.Print(os.Stdout, *verbose)
	if misses := sum.Misses(); len(misses) > 0 {
		for _, m := range misses {
			fmt.Fprintln(os.Stderr, "gold: "+m)
		}
		os.Exit(1)
	}
}
