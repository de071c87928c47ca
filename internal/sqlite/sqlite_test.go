package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/sqlite"
)

func TestSmoke(t *testing.T) {
	ctx := context.Background()
	s, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "docket.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.Update(ctx, time.Now(), func(w docket.Writer) error {
		u := docket.Unit{Name: "云州市"}
		if err := w.PutUnit(ctx, &u); err != nil {
			return err
		}
		k := docket.Unit{Name: "临江区", Parent: u.ID}
		if err := w.PutUnit(ctx, &k); err != nil {
			return err
		}
		d := docket.Directive{Owner: u.ID, Title: "养老服务实施方案", Number: "云政发〔2026〕6号", Status: docket.Reading}
		if err := w.PutDirective(ctx, &d); err != nil {
			return err
		}
		c := []docket.Clause{{Directive: d.ID, Kind: docket.KindClause, Text: "推进养老服务。"}}
		if err := w.InsertClauses(ctx, c); err != nil {
			return err
		}
		m := docket.Matter{Owner: u.ID, Directive: d.ID, Clause: c[0].ID, Requirement: "推进养老服务", Status: docket.Draft, Assignments: []docket.Assignment{{Party: docket.Party{Role: docket.Lead, Name: "临江区"}, Unit: k.ID}}}
		if err := w.PutMatter(ctx, &m); err != nil {
			return err
		}
		m.Status, m.No = docket.Assigned, "2026-0001"
		if err := w.AdoptMatters(ctx, []*docket.Matter{&m}); err != nil {
			return err
		}
		if err := w.InsertObligations(ctx, []docket.Obligation{{Kind: docket.OweAcknowledge, Matter: m.ID, Unit: k.ID, Due: docket.NewDate(2026, 12, 1)}}); err != nil {
			return err
		}
		if err := w.Append(ctx, docket.Entry{Verb: docket.VerbAdopt, Directive: d.ID}); err != nil {
			return err
		}
		h, err := w.Search(ctx, docket.SystemScope(), "养老", 10)
		t.Log(h, err)
		for r, err := range w.MatterRows(ctx) {
			t.Log(r, err)
		}
		ds, err := w.Directives(ctx, docket.Scope{Read: set(k.ID)})
		t.Log(ds, err)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(s.Check(ctx))
}

func set(ids ...docket.UnitID) docket.UnitSet {
	var u []docket.Unit
	for _, id := range ids {
		u = append(u, docket.Unit{ID: id, Name: "x"})
	}
	tree, err := docket.NewTree(u, nil, 0)
	if err != nil {
		panic(err)
	}
	return tree.Below(ids...)
}
