package sqlstore

import (
	"context"
	"fmt"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
)

// shelf is a table whose rows are a noun's JSON with its version, beside the
// columns that questions and indexes need. Those columns are written from the
// noun in one place, so they cannot say anything else.
type shelf[T any] struct {
	table   string
	columns []string
	values  func(*T) []any
	id      func(*T) *int64
	version func(*T) *int64
}

// put inserts a noun without an id and updates one with its id where the
// version still is the one it was read with.
func (s *shelf[T]) put(ctx context.Context, t *tx, x *T) error {
	id, version := s.id(x), s.version(x)
	if *id == 0 {
		n, err := t.next(ctx, s.table, 1)
		if err != nil {
			return err
		}
		*id, *version = n, 1
		args := append(append([]any{n}, s.values(x)...), asJSON(x), 1)
		return t.insert(ctx, s.table, "id, "+strings.Join(s.columns, ", ")+", body, version", 1, func(int) []any { return args })
	}
	var set strings.Builder
	for i, c := range s.columns {
		fmt.Fprintf(&set, "%s = $%d, ", c, i+3)
	}
	fmt.Fprintf(&set, "body = $%d", len(s.columns)+3)
	args := append(append([]any{*id, *version}, s.values(x)...), asJSON(x))
	n, err := t.exec(ctx, "UPDATE "+s.table+" SET "+set.String()+", version = version + 1 WHERE id = $1 AND version = $2", args...)
	if err == nil && n == 0 {
		err = t.changed(ctx, s.table, *id)
	}
	if err == nil {
		*version++
	}
	return err
}

// all returns the nouns that meet a condition, as they came to be.
func (s *shelf[T]) all(ctx context.Context, t *tx, condition string, args ...any) ([]T, error) {
	scan := func(r scanner) (x T, err error) {
		var version int64
		err = r.Scan(s.id(&x), jsonValue{&x}, &version)
		*s.version(&x) = version
		return x, err
	}
	return all(ctx, t, scan, "SELECT id, body, version FROM "+s.table+" WHERE "+condition+" ORDER BY id", args...)
}

var reports = shelf[docket.Report]{
	table: "report", columns: []string{"matter", "unit", "status", "sent_on"},
	values: func(r *docket.Report) []any {
		return []any{r.Matter, r.Unit, string(r.Status), r.SentOn.String()}
	},
	id: func(r *docket.Report) *int64 { return (*int64)(&r.ID) }, version: func(r *docket.Report) *int64 { return &r.Version },
}

var requests = shelf[docket.Request]{
	table: "request", columns: []string{"matter", "unit", "status", "decided"},
	values: func(r *docket.Request) []any { return []any{r.Matter, r.Unit, string(r.Status), ms(r.DecidedAt)} },
	id:     func(r *docket.Request) *int64 { return (*int64)(&r.ID) }, version: func(r *docket.Request) *int64 { return &r.Version },
}

var verifications = shelf[docket.Verification]{
	table: "verification", columns: []string{"matter", "form"},
	values: func(v *docket.Verification) []any { return []any{v.Matter, v.Key} },
	id:     func(v *docket.Verification) *int64 { return (*int64)(&v.ID) }, version: func(v *docket.Verification) *int64 { return &v.Version },
}

var instructions = shelf[docket.Instruction]{
	table: "instruction", columns: []string{"matter"},
	values: func(i *docket.Instruction) []any { return []any{i.Matter} },
	id:     func(i *docket.Instruction) *int64 { return (*int64)(&i.ID) }, version: func(i *docket.Instruction) *int64 { return &i.Version },
}

var rounds = shelf[docket.Round]{
	table: "round", columns: []string{"owner"},
	values: func(r *docket.Round) []any { return []any{r.Owner} },
	id:     func(r *docket.Round) *int64 { return (*int64)(&r.ID) }, version: func(r *docket.Round) *int64 { return &r.Version },
}

// MatterReports returns the reports of a matter, drafts included.
func (t *tx) MatterReports(ctx context.Context, id docket.MatterID) ([]docket.Report, error) {
	return reports.all(ctx, t, "matter = $1", id)
}

// NewestReports returns the newest report of each matter that went out and stands.
func (t *tx) NewestReports(ctx context.Context, matters []docket.MatterID) ([]docket.Report, error) {
	return reports.all(ctx, t, "id IN (SELECT MAX(id) FROM report WHERE matter IN ({{list $1}}) AND status IN ('sent', 'accepted') GROUP BY matter)", list(matters))
}

// ReturnedReports returns the reports that came back to units.
func (t *tx) ReturnedReports(ctx context.Context, units docket.UnitSet) ([]docket.Report, error) {
	q := newScope(docket.Scope{Read: units})
	return reports.all(ctx, t, "status = 'returned' AND "+q.read("unit"), q.args...)
}

// PutReport keeps a report.
func (t *tx) PutReport(ctx context.Context, r *docket.Report) error {
	was := r.UpdatedAt
	r.UpdatedAt = t.now
	err := reports.put(ctx, t, r)
	if err != nil {
		r.UpdatedAt = was
		return err
	}
	if r.SentOn != 0 {
		t.touchID(r.Matter)
	}
	return nil
}

// MatterRequests returns the requests made in a matter.
func (t *tx) MatterRequests(ctx context.Context, id docket.MatterID) ([]docket.Request, error) {
	return requests.all(ctx, t, "matter = $1", id)
}

// DecidedRequests returns the requests of units that were decided since an instant.
func (t *tx) DecidedRequests(ctx context.Context, units docket.UnitSet, since time.Time) ([]docket.Request, error) {
	q := newScope(docket.Scope{Read: units}, max(1, ms(since)))
	return requests.all(ctx, t, "decided >= $1 AND "+q.read("unit"), q.args...)
}

// PutRequest keeps a request.
func (t *tx) PutRequest(ctx context.Context, r *docket.Request) error { return requests.put(ctx, t, r) }

// MatterVerifications returns what was verified in a matter.
func (t *tx) MatterVerifications(ctx context.Context, id docket.MatterID) ([]docket.Verification, error) {
	return verifications.all(ctx, t, "matter = $1", id)
}

// PutVerification keeps a verification.
func (t *tx) PutVerification(ctx context.Context, v *docket.Verification) error {
	return verifications.put(ctx, t, v)
}

// MatterInstructions returns the instructions given on a matter.
func (t *tx) MatterInstructions(ctx context.Context, id docket.MatterID) ([]docket.Instruction, error) {
	return instructions.all(ctx, t, "matter = $1", id)
}

// PutInstruction keeps an instruction.
func (t *tx) PutInstruction(ctx context.Context, i *docket.Instruction) error {
	return instructions.put(ctx, t, i)
}

// Rounds returns the rounds of reports that owners opened.
func (t *tx) Rounds(ctx context.Context, owners docket.UnitSet) ([]docket.Round, error) {
	q := newScope(docket.Scope{Read: owners})
	return rounds.all(ctx, t, q.read("owner"), q.args...)
}

// PutRound keeps a round.
func (t *tx) PutRound(ctx context.Context, r *docket.Round) error { return rounds.put(ctx, t, r) }
