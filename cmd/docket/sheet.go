package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/jobs"
	"github.com/docket-os/docket/internal/sheet"
	"github.com/docket-os/docket/internal/words"
)

// workbooks takes workbooks out to be filled in, and brings them back:
// docket sheet out reports|ledger FILE, docket sheet in FILE.
func workbooks(ctx context.Context, env environment, args []string) error {
	var c config
	f := newFlags(env, "sheet", "workbooks to fill in: docket sheet out reports|ledger FILE, then docket sheet in FILE [--dry-run]\nConflicts and errors stay aside; they are decided and mended in the browser.")
	c.flags(f, env.getenv)
	as := f.String("as", "admin", "login of the person whose workbook it is")
	dry := f.Bool("dry-run", false, "in: say what would change; change nothing")
	file := f.Bool("file", false, "in: put reports before the head instead of keeping drafts")
	asJSON := f.Bool("json", false, "in: print JSON")
	said, err := parseAnywhere(f, args)
	if err != nil {
		return err
	}
	out, in := len(said) == 3 && said[0] == "out", len(said) == 2 && said[0] == "in"
	if !out && !in {
		return docket.Errorf(docket.Invalid, "cli.sheet", "say docket sheet out reports FILE, docket sheet out ledger FILE, or docket sheet in FILE")
	}
	return c.as(ctx, env, *as, func(a *app.App, actor docket.Actor) error {
		if out {
			return sheetOut(ctx, a, actor, docket.SheetKind(said[1]), said[2])
		}
		back := sheetBack{app: a, actor: actor, runner: a.SheetRunner(), env: env}
		return back.bring(ctx, said[1], *dry, *file, *asJSON)
	})
}

// sheetOut writes a workbook into a new file.
func sheetOut(ctx context.Context, a *app.App, actor docket.Actor, kind docket.SheetKind, name string) (err error) {
	w, err := a.SheetOut(ctx, actor, app.SheetAsk{Kind: kind}, words.Say(actor.Person.Lang, "sheet.name."+string(kind), nil))
	if err != nil {
		return err
	}
	to, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if os.IsExist(err) {
		return docket.Errorf(docket.Conflict, "cli.file_there", "there already is a file "+name, "file", name)
	}
	if err != nil {
		return err
	}
	defer func() {
		if closed := to.Close(); err == nil {
			err = closed
		}
		if err != nil {
			_ = os.Remove(name) // half a workbook is none
		}
	}()
	return w.Write(ctx, to)
}

// sheetBack is a workbook on its way back.
type sheetBack struct {
	app    *app.App
	actor  docket.Actor
	runner *jobs.Runner
	env    environment
}

// backSaid is what became of it, as JSON.
type backSaid struct {
	app.SheetView
	Rows []docket.SheetRow `json:"rows"` // all but those unchanged
}

func (b *sheetBack) bring(ctx context.Context, name string, dry, file, asJSON bool) error {
	raw, err := readFile(name)
	if err != nil {
		return err
	}
	v, err := b.app.BringSheet(ctx, b.actor, filepath.Base(name), raw)
	if err != nil {
		return err
	}
	if v, err = b.until(ctx, v.ID, docket.SheetReading); err != nil {
		return err
	}
	if v.Phase == docket.SheetFailed {
		f := v.Fault
		return &docket.Error{Code: docket.Invalid, Key: f.Key, Args: f.Args, Message: f.Message}
	}
	if !dry && v.Counts[docket.RowChanged] > 0 {
		if _, err = b.app.ConfirmSheet(ctx, b.actor, v.ID, nil, file); err != nil {
			return err
		}
		if v, err = b.until(ctx, v.ID, docket.SheetApplying); err != nil {
			return err
		}
	}
	if err := b.say(ctx, v, asJSON); err != nil {
		return err
	}
	if dry {
		return b.app.DropSheet(ctx, b.actor, v.ID)
	}
	return nil
}

// until works on the workbook, or waits while a server does, until a phase is over.
func (b *sheetBack) until(ctx context.Context, id docket.SheetID, phase docket.SheetPhase) (app.SheetView, error) {
	for {
		if _, err := b.runner.Drain(ctx); err != nil {
			return app.SheetView{}, err
		}
		v, err := b.app.SheetOf(ctx, b.actor, id)
		if err != nil || v.Phase != phase {
			return v, err
		}
		select {
		case <-ctx.Done():
			return v, ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
}

func (b *sheetBack) say(ctx context.Context, v app.SheetView, asJSON bool) error {
	said := backSaid{SheetView: v, Rows: []docket.SheetRow{}}
	for after := 0; ; {
		rows, err := b.app.SheetRows(ctx, b.actor, v.ID, docket.SheetQuery{After: after, Limit: 500,
			States: []docket.SheetState{docket.RowChanged, docket.RowConflict, docket.RowFaulty, docket.RowDone, docket.RowRefused}})
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			break
		}
		said.Rows = append(said.Rows, rows...)
		after = rows[len(rows)-1].Ord
	}
	if asJSON {
		enc := json.NewEncoder(b.env.out)
		enc.SetIndent("", "  ")
		return enc.Encode(said)
	}
	counts := map[string]string{"rows": fmt.Sprint(v.Total), "missing": fmt.Sprint(v.Missing)}
	for _, s := range docket.SheetStates() {
		counts[string(s)] = fmt.Sprint(v.Counts[s])
	}
	fmt.Fprintln(b.env.out, words.Say(b.env.lang, "cli.sheet_back", counts))
	for i := range said.Rows {
		sayRow(b.env.out, b.env.lang, &said.Rows[i])
	}
	return nil
}

// sayRow prints a row: its state, its place, and each cell as it was and is.
func sayRow(w io.Writer, lang string, r *docket.SheetRow) {
	fmt.Fprintf(w, "%s\t%d\t%s %s\n", r.State, r.Line, r.No, r.Title)
	if r.Fault.Key != "" {
		fmt.Fprintln(w, "\t! "+sheet.Say(lang, r.Fault))
	}
	for i := range r.Cells {
		c := &r.Cells[i]
		name := words.Say(lang, "sheet.column."+c.Column, nil)
		switch {
		case c.Fault.Key != "":
			fmt.Fprintf(w, "\t! %s: %s\n", name, sheet.Say(lang, c.Fault))
		case c.Clash(r.Moved):
			fmt.Fprintf(w, "\t? %s: %q → %q, meanwhile %q\n", name, c.Was, c.Is, c.Now)
		case c.Written():
			fmt.Fprintf(w, "\t%s: %q → %q\n", name, c.Now, c.Is)
		}
	}
}
