package docket_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/docket-os/docket"

// mayImport is the house's plan (docs/architecture.md): which of our packages
// each may import. "all" is for wiring.
var mayImport = map[string][]string{
	"":                         {},
	"internal/words":           {""},
	"internal/search":          {},
	"internal/worktime":        {""},
	"internal/paper":           {""},
	"internal/paper/opc":       {"", "internal/paper"},
	"internal/paper/docx":      {"", "internal/paper", "internal/paper/opc"},
	"internal/paper/xlsx":      {"", "internal/paper", "internal/paper/opc"},
	"internal/paper/pdf":       {"", "internal/paper"},
	"internal/paper/markup":    {"", "internal/paper"},
	"internal/sheet":           {"", "internal/paper", "internal/paper/opc", "internal/words"},
	"internal/typeset":         {""},
	"internal/preview":         {"", "internal/paper"},
	"internal/reading/pattern": {},
	"internal/reading/phrase":  {"", "internal/reading/pattern"},
	"internal/reading/gold":    {"", "internal/reading", "internal/paper", "internal/paper/markup"},
	"internal/reading":         {"", "internal/paper", "internal/worktime", "internal/reading/phrase", "internal/reading/pattern"},
	"internal/measure":         {"", "internal/worktime"},
	"internal/board":           {"", "internal/measure", "internal/worktime"},
	"internal/app":             {"", "internal/worktime", "internal/paper", "internal/preview", "internal/reading", "internal/measure", "internal/board", "internal/jobs", "internal/sheet"},
	"internal/jobs":            {""},
	"internal/outbound":        {""},
	"internal/notify":          {"", "internal/outbound", "internal/words"},
	"internal/sqlstore":        {"", "internal/search"},
	"internal/sqlite":          {"", "internal/sqlstore", "internal/search"},
	"internal/postgres":        {"", "internal/sqlstore", "internal/search"},
	"internal/files":           {""},
	"internal/pgtest":          {},
	"internal/signon":          {""},
	"internal/storetest":       {"", "internal/search"},
	"internal/httpapi":         {"", "internal/app", "internal/brief", "internal/typeset", "internal/measure", "internal/worktime", "internal/words", "internal/paper/xlsx"},
	"internal/brief":           {"", "internal/app", "internal/typeset", "internal/words"},
	"internal/sample":          {"", "internal/app"},
	"web":                      {},
	"dev":                      {"internal/pgtest"},
	"cmd/openapi":              {"all"},
	"cmd/gold":                 {"all"},
	"cmd/docket":               {"all"},
}

func TestPackagesImportOnlyWhatTheHouseAllows(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		name := ours(p.ImportPath)
		allowed, known := mayImport[name]
		if !known {
			t.Errorf("package %s is not in the plan: add it here and in docs/architecture.md", name)
			continue
		}
		for _, imp := range p.Imports {
			if name == "" && strings.Contains(strings.Split(imp, "/")[0], ".") {
				t.Errorf("the nouns import %s; they import the standard library only", imp)
			}
			if strings.HasPrefix(imp, module) && !slices.Contains(allowed, "all") && !slices.Contains(allowed, ours(imp)) {
				t.Errorf("%s imports %s, which the house does not allow", name, ours(imp))
			}
		}
	}
}

func ours(path string) string {
	return strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
}
