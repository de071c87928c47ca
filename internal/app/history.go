package app

import (
	"context"
	"encoding/json"
	"maps"
	"reflect"
	"slices"

	docket "github.com/docket-os/docket"
)

// entry puts names to an entry of the journal.
func (n names) entry(ctx context.Context, r docket.Reader, pl *place, e *docket.Entry) (v EntryView, err error) {
	v = EntryView{Seq: e.Seq, At: e.At, Actor: e.Actor, Verb: e.Verb, Reason: e.Reason, Unit: e.Unit, UnitName: pl.tree.Name(e.Unit), Matter: e.Matter, Changes: changesOf(e)}
	if v.ActorName, err = n.of(ctx, r, e.Actor); err != nil {
		return v, err
	}
	if v.ForName, err = n.of(ctx, r, e.For); err != nil {
		return v, err
	}
	for i := range v.Changes {
		for _, side := range []*any{&v.Changes[i].Before, &v.Changes[i].After} {
			if *side, err = n.named(ctx, r, pl, v.Changes[i].Field, *side); err != nil {
				return v, err
			}
		}
	}
	return v, nil
}

// Fields of nouns that hold the id of a person or of a unit.
var (
	personFields = []string{"convener", "standin", "chair", "author", "issuer", "approver", "consenter", "returner"}
	unitFields   = []string{"owner", "unit"}
)

// named is a field's value as people know it: who, or which unit, is meant by an id.
// An id that names nobody, and 0, stay what they are and nothing.
func (n names) named(ctx context.Context, r docket.Reader, pl *place, field string, v any) (any, error) {
	id, ok := v.(float64)
	person := slices.Contains(personFields, field)
	if !ok || !person && !slices.Contains(unitFields, field) {
		return v, nil
	}
	if id == 0 {
		return nil, nil
	}
	name := pl.tree.Name(docket.UnitID(id))
	if person {
		var err error
		if name, err = n.of(ctx, r, docket.PersonID(id)); err != nil {
			return nil, err
		}
	}
	if name == "" {
		return v, nil
	}
	return name, nil
}

// changesOf lists the fields an entry changed, by name; what is the same on both sides did not.
func changesOf(e *docket.Entry) []FieldChange {
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
		if reflect.DeepEqual(before[name], after[name]) {
			continue
		}
		out = append(out, FieldChange{Field: name, Before: before[name], After: after[name]})
	}
	return out
}
