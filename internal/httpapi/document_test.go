package httpapi_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/docket-os/docket/internal/httpapi"
)

var update = flag.Bool("update", false, "write the OpenAPI document anew")

const committed = "../../web/src/api/openapi.json"

// The TypeScript client is generated from the committed document, so a route
// that changes without it would break the screens unseen.
func TestCommittedDocumentIsTheTables(t *testing.T) {
	made, err := httpapi.Document()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(committed, made, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(committed)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(made, kept) {
		t.Error("web/src/api/openapi.json is not what the routes make; run go test ./internal/httpapi -run Document -update, then npm run generate")
	}
}

// operation is what the tests look at of the document.
type operation struct {
	Summary    string
	Parameters []struct{ Name, In string }
	Responses  map[string]struct {
		Ref string `json:"$ref"`
	}
}

func document(t *testing.T) map[string]map[string]operation {
	t.Helper()
	made, err := httpapi.Document()
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]operation
	}
	if err := json.Unmarshal(made, &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Paths
}

func TestDocumentNamesEveryRouteAndItsErrors(t *testing.T) {
	paths := document(t)
	for _, r := range httpapi.Routes() {
		op, ok := paths[r.Pattern][strings.ToLower(r.Method)]
		if !ok || op.Summary != r.Summary {
			t.Errorf("%s %s is not in the document as the table has it", r.Method, r.Pattern)
			continue
		}
		need := []string{"500", "503"}
		if r.Who.SignedIn() {
			need = append(need, "401")
		}
		if len(r.Who.Acts()) > 0 {
			need = append(need, "403")
		}
		if strings.Contains(r.Pattern, "{") {
			need = append(need, "404")
		}
		for _, status := range need {
			if op.Responses[status].Ref == "" {
				t.Errorf("%s %s: the document does not name the error %s", r.Method, r.Pattern, status)
			}
		}
	}
}

// Without the version that was seen, two people editing side by side would
// overwrite each other unseen.
func TestEveryEditOfOneNounNamesTheVersionSeen(t *testing.T) {
	ownAlone := []string{"/views/{id}", "/matters/{id}/uploads/{uid}", "/matters/{id}/photos/{uid}", "/sheets/{id}/rows/{row}"} // have one owner and one window; pieces name their place
	for _, r := range httpapi.Routes() {
		if r.Method != "PATCH" || slices.Contains(ownAlone, r.Pattern) {
			continue
		}
		found := false
		for _, p := range document(t)[r.Pattern]["patch"].Parameters {
			found = found || p.Name == "If-Match"
		}
		if !found {
			t.Errorf("PATCH %s takes no If-Match", r.Pattern)
		}
	}
}
