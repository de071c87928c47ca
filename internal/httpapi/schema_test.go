package httpapi_test

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"github.com/docket-os/docket/internal/httpapi"
)

// schema is as much of a JSON schema as is needed to make the least value of it.
type schema struct {
	Ref        string `json:"$ref"`
	Type       string
	Properties map[string]schema
	Required   []string
	Items      *schema
	MinItems   int
	Minimum    *float64
	Enum       []string
	Pattern    string
}

type spec struct {
	Paths map[string]map[string]struct {
		RequestBody *struct {
			Content map[string]struct{ Schema schema }
		}
	}
	Components struct{ Schemas map[string]schema }
}

var theSpec = sync.OnceValues(func() (s spec, err error) {
	made, err := httpapi.Document()
	if err == nil {
		err = json.Unmarshal(made, &s)
	}
	return s, err
})

// requestSchema is the schema of a route's JSON body, nil when it takes none.
func requestSchema(t testing.TB, r httpapi.Route) *schema {
	t.Helper()
	s, err := theSpec()
	if err != nil {
		t.Fatal(err)
	}
	body := s.Paths[r.Pattern][strings.ToLower(r.Method)].RequestBody
	if body == nil {
		return nil
	}
	found, ok := body.Content["application/json"]
	if !ok {
		return nil
	}
	return &found.Schema
}

// least is the smallest value a schema lets through: what is required and no more.
func least(t testing.TB, s schema) any {
	t.Helper()
	if s.Ref != "" {
		all, err := theSpec()
		if err != nil {
			t.Fatal(err)
		}
		return least(t, all.Components.Schemas[strings.TrimPrefix(s.Ref, "#/components/schemas/")])
	}
	switch {
	case len(s.Enum) > 0:
		return s.Enum[len(s.Enum)-1]
	case strings.Contains(s.Pattern, "[0-9]{4}"):
		return "2026-03-01"
	}
	switch s.Type {
	case "object":
		out := map[string]any{}
		for _, name := range s.Required {
			out[name] = least(t, s.Properties[name])
		}
		return out
	case "array":
		out := []any{}
		for range s.MinItems {
			out = append(out, least(t, *s.Items))
		}
		return out
	case "integer", "number":
		if s.Minimum != nil {
			return *s.Minimum
		}
		return 1
	case "boolean":
		return false
	}
	return "x"
}
