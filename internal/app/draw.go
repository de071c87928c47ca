package app

import (
	"context"
	"encoding/json"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/board"
	"github.com/docket-os/docket/internal/measure"
)

// Drawn is a draw of spot checks with everything it takes to repeat it.
type Drawn struct {
	Seed       string              `json:"seed"`
	Day        docket.Date         `json:"day"`
	Number     int                 `json:"number"`
	Candidates []measure.Candidate `json:"candidates"`
	Matters    []docket.MatterID   `json:"matters"`
	Seq        int64               `json:"-"` // of its entry; 0 for a trial
}

// Again reports whether the draw gives the same matters when it is repeated.
func (d *Drawn) Again() bool {
	again := measure.Draw(d.Seed, d.Candidates, d.Number)
	if len(again) != len(d.Matters) {
		return false
	}
	for i := range again {
		if again[i] != d.Matters[i] {
			return false
		}
	}
	return true
}

// maxDrawn bounds one draw.
const maxDrawn = 200

// DrawChecks draws matters of the actor's office for spot checks by their risk,
// from a seed that was published beforehand, and obliges the verifiers to look.
// The entry keeps seed and candidates: anybody can repeat it. A trial changes nothing.
func (a *App) DrawChecks(ctx context.Context, actor docket.Actor, seed string, number int, trial bool) (Drawn, error) {
	if err := allow(&actor, docket.ActDraw); err != nil {
		return Drawn{}, err
	}
	if seed == "" || len(seed) > 200 || number < 1 || number > maxDrawn {
		return Drawn{}, docket.Errorf(docket.Invalid, "draw.invalid", "a draw needs a seed of at most 200 bytes and a number from 1 to 200")
	}
	owner := actor.OfficeUnit()
	pl, err := a.place(ctx)
	if err != nil {
		return Drawn{}, err
	}
	view := a.board.View(a.lampDay(pl.day))
	d := Drawn{Seed: seed, Day: pl.day, Number: number, Candidates: []measure.Candidate{}}
	status := []docket.MatterStatus{docket.InProgress, docket.Completed, docket.StruckOff}
	for _, id := range view.Each(board.Query{LedgerQuery: docket.LedgerQuery{Status: status, Sort: docket.SortNo}, Scope: docket.Scope{Office: actor.Office}, Tree: pl.tree}) {
		lamp, _ := a.lampOf(view, id)
		d.Candidates = append(d.Candidates, measure.Candidate{Matter: id, Risk: measure.RiskOf(lamp)})
	}
	d.Matters = measure.Draw(seed, d.Candidates, number)
	if trial {
		return d, nil
	}
	err = a.change(ctx, actor, docket.VerbDraw, func(ctx context.Context, c *Change) error {
		if err := c.May(docket.ActDraw, docket.Subject{Owner: owner}); err != nil {
			return err
		}
		if err := guardWords(seed); err != nil {
			return err
		}
		rules, err := rulesOf(ctx, c)
		if err != nil {
			return err
		}
		due, _, provisional := a.reckon(rules.Verify, c.Now())
		owed := make([]docket.Obligation, len(d.Matters))
		for i, id := range d.Matters {
			owed[i] = docket.Obligation{Kind: docket.OweLookBack, Matter: id, Unit: owner, Role: docket.Verifier, Due: due, Term: rules.Verify, Provisional: provisional}
		}
		if err := c.InsertObligations(ctx, owed); err != nil {
			return err
		}
		c.matters = append(c.matters, d.Matters...)
		raw, err := json.Marshal(d)
		if err != nil {
			return err
		}
		if err := c.Record(ctx, docket.Entry{Unit: owner, Reason: seed, After: raw}); err != nil {
			return err
		}
		d.Seq, err = c.LastSeq(ctx)
		return err
	})
	return d, err
}

// Draw gives back a draw from its entry in the journal, to be repeated.
func (a *App) Draw(ctx context.Context, actor docket.Actor, seq int64) (Drawn, error) {
	if err := allow(&actor, docket.ActDraw); err != nil {
		return Drawn{}, err
	}
	var d Drawn
	err := a.cfg.Store.View(ctx, func(r docket.Reader) error {
		some, err := r.Entries(ctx, docket.EntryQuery{}, seq-1, 1)
		if err != nil {
			return err
		}
		if len(some) == 0 || some[0].Seq != seq || some[0].Verb != docket.VerbDraw || !actor.Office.Has(some[0].Unit) {
			return notFound()
		}
		d = Drawn{}
		d.Seq = seq
		return json.Unmarshal(some[0].After, &d)
	})
	return d, err
}
