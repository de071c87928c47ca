package httpapi_test

import (
	"encoding/csv"
	"io"
	"strings"
	"testing"

	docket "github.com/docket-os/docket"
)

// The exported journal is a table no spreadsheet program runs anything of.
func TestTheExportedJournalIsInert(t *testing.T) {
	w := build(t)
	err := w.store.Update(t.Context(), morning, func(tx docket.Writer) error {
		return tx.Append(t.Context(), docket.Entry{Verb: docket.VerbPark, Matter: assigned, Reason: `=HYPERLINK("http://evil.example")`, After: []byte(`{"condition":"资金"}`)})
	})
	if err != nil {
		t.Fatal(err)
	}
	res := w.send("GET", "/api/v1/journal.csv?verb=park", "", w.cookie(t, "auditor-here"))
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(raw), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%v: %q", err, raw)
	}
	if got := strings.Join(rows[1][4:], "|"); !strings.HasSuffix(got, `'=HYPERLINK("http://evil.example")|condition:  → 资金`) || !strings.HasPrefix(got, "挂账|") && !strings.HasPrefix(got, "Parked|") {
		t.Errorf("the row: %q", rows[1])
	}
	if got := w.send("GET", "/api/v1/journal?from=2026-03-09&to=2026-03-01", "", w.cookie(t, "auditor-here")); got.StatusCode != 422 {
		t.Errorf("days turned round: %d", got.StatusCode)
	}
}
