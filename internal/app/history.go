package app

import (
	"encoding/json"
	"maps"
	"slices"

	docket "github.com/docket-os/docket"
)

// changesOf lists the fields an entry changed, by name.
func changesOf(e docket.Entry) []FieldChange {
	var before, after map[string]any
	_ = json.Unmarshal(e.Before, &before) // absent, or written by note and diff
	_ = json.Unmarshal(e.After, &after)
	names := map[string]bool{}
	for name := range before {
		names[name] = true
	}
	for name := range after {
		names[name] = true
	}
	out := make([]FieldChange, 0, len(names))
	for _, name := range slices.Sorted(maps.Keys(names)) {
		out = append(out, FieldChange{Field: name, Before: before[name], After: after[name]})
	}
	return out
}
