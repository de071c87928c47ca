package storetest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	docket "github.com/docket-os/docket"
)

// RunSame does the same random work in two stores and fails where they then
// answer differently, refusals included.
func RunSame(t *testing.T, openA, openB func(t testing.TB) Opened) {
	for seed := range uint64(3) {
		first, second := trace(t, openA(t), seed), trace(t, openB(t), seed)
		for i := range first {
			if first[i] != second[i] {
				t.Fatalf("seed %d, step %d:\n%s\n%s", seed, i, first[i], second[i])
			}
		}
	}
}

// trace works at random and returns what each step answered.
func trace(t *testing.T, s Opened, seed uint64) (answers []string) {
	random := rand.New(rand.NewPCG(seed, 1))
	n := func(below int) int64 { return int64(random.IntN(below)) }
	id := func(below int) int64 { return n(2) * n(below) } // more often new than known
	words := []string{"养老", "服务", "bridge", "Ärger", "2026", "、", "道路 ", "a'b", `"q"`, "％", "_"}
	text := func() (s string) {
		for range random.IntN(5) {
			s += words[random.IntN(len(words))]
		}
		return s
	}
	statuses := docket.Statuses()
	for step := range 100 {
		var answer any
		err := s.Update(ctx, Noon, func(w docket.Writer) (err error) {
			u := docket.Unit{ID: docket.UnitID(id(6)), Version: n(3), Name: text(), Code: text(), Parent: docket.UnitID(id(7))}
			p := docket.Person{ID: docket.PersonID(id(4)), Version: n(3), Login: text(), Name: text(), Lang: "zh"}
			d := docket.Directive{ID: docket.DirectiveID(id(4)), Version: n(3), Owner: docket.UnitID(1 + n(3)), Title: text(), Number: text(), Status: docket.Reading}
			m := docket.Matter{ID: docket.MatterID(id(6)), Version: n(3), Owner: docket.UnitID(1 + n(3)), Directive: docket.DirectiveID(n(4)), Requirement: text(), No: text(),
				Status: statuses[random.IntN(3)], Due: docket.Date(n(3) * 9000), Assignments: []docket.Assignment{{Unit: docket.UnitID(n(4)), Party: docket.Party{Role: docket.Lead}}}}
			if m.Status == docket.Draft {
				m.No = ""
			}
			switch random.IntN(8) {
			case 0, 1:
				err, answer = w.PutUnit(ctx, &u), &u
			case 2:
				err, answer = w.PutPerson(ctx, &p), &p
			case 3:
				err, answer = w.PutDirective(ctx, &d), &d
			case 4, 5:
				err, answer = w.PutMatter(ctx, &m), &m
			case 6:
				err = w.DeleteDirective(ctx, d.ID)
			case 7:
				err = w.DeleteDrafts(ctx, []docket.MatterID{m.ID})
			}
			if err == nil {
				err = w.Append(ctx, docket.Entry{Verb: docket.VerbEdit, Matter: m.ID, Reason: text()})
			}
			return err
		})
		code := docket.Code("")
		if err != nil {
			answer, code = nil, docket.CodeOf(err)
		}
		if code == docket.Internal {
			t.Fatalf("step %d: %v", step, err)
		}
		answers = append(answers, fmt.Sprint(step, code, written(answer)), state(t, s, text()))
	}
	return answers
}

func written(v any) string {
	b, err := json.Marshal(v)
	return fmt.Sprint(string(b), err)
}

// state is everything a store answers about what it holds.
func state(t *testing.T, s docket.Store, question string) (out string) {
	err := s.View(ctx, func(r docket.Reader) error {
		out = question
		all := docket.SystemScope()
		units, _, err1 := r.Units(ctx)
		people, err2 := r.People(ctx)
		directives, err3 := r.Directives(ctx, all)
		hits, err4 := r.Search(ctx, fromUnit(1, 2, 3), question, 20)
		ids, err5 := r.SearchMatters(ctx, question)
		matters, err6 := r.Matters(ctx, all, ids)
		entries, err7 := r.Entries(ctx, docket.EntryQuery{}, 0, 1000)
		var rows []docket.MatterRow
		for row, err := range r.MatterRows(ctx) {
			if err != nil {
				return err
			}
			rows = append(rows, row)
		}
		out += written([]any{units, people, directives, hits, ids, matters, rows, entries})
		out += fmt.Sprint(err1, err2, err3, err4, err5, err6, err7)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if breaches, err := s.Check(ctx); err != nil || len(breaches) > 0 {
		t.Fatal(breaches, err)
	}
	return out
}
