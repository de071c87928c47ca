package sqlstore

import (
	"cmp"
	"context"
	"iter"
	"slices"

	docket "github.com/docket-os/docket"
)

const matterColumns = `id, no, owner, directive, clause, clause_ord, ord, span_start, span_end, title, requirement, strength, duty,
	status, result, aside, due, first_due, review_on, provisional, dues, measures, findings, assigned_at, updated_at,
	assess_on, was, look_on, condition, round, effect, milestones, version`

func scanMatter(r scanner) (m docket.Matter, err error) {
	return m, r.Scan(&m.ID, &m.No, &m.Owner, optID(&m.Directive), optID(&m.Clause), &m.ClauseOrd, &m.Ord, &m.Span.Start, &m.Span.End,
		&m.Title, &m.Requirement, &m.Strength, truth{&m.Duty}, &m.Status, &m.Result, truth{&m.Aside}, day{&m.Due}, day{&m.FirstDue},
		day{&m.ReviewOn}, truth{&m.Provisional}, jsonValue{&m.Dues}, jsonValue{&m.Measures}, jsonValue{&m.Findings},
		instant{&m.AssignedAt}, instant{&m.UpdatedAt}, day{&m.AssessOn}, &m.Was, day{&m.LookOn}, &m.Condition, &m.Round, &m.Effect,
		jsonValue{&m.Milestones}, &m.Version)
}

// matterValues are all columns but id and version, in the table's order.
func matterValues(m *docket.Matter) []any {
	return []any{m.No, m.Owner, opt(m.Directive), opt(m.Clause), m.ClauseOrd, m.Ord, m.Span.Start, m.Span.End, m.Title, m.Requirement,
		string(m.Strength), flag(m.Duty), string(m.Status), string(m.Result), flag(m.Aside), m.Due.String(), m.FirstDue.String(),
		m.ReviewOn.String(), flag(m.Provisional), asJSON(m.Dues), asJSON(m.Measures), asJSON(m.Findings), ms(m.AssignedAt), ms(m.UpdatedAt),
		m.AssessOn.String(), string(m.Was), m.LookOn.String(), m.Condition, max(1, m.Round), string(m.Effect), asJSON(m.Milestones)}
}

// Matter returns one matter in scope.
func (t *tx) Matter(ctx context.Context, s docket.Scope, id docket.MatterID) (docket.Matter, error) {
	found, err := t.Matters(ctx, s, []docket.MatterID{id})
	if err == nil && len(found) == 0 {
		err = notFound()
	}
	if err != nil {
		return docket.Matter{}, err
	}
	return found[0], nil
}

// Matters returns those of ids that are in scope, in the order of ids.
func (t *tx) Matters(ctx context.Context, s docket.Scope, ids []docket.MatterID) ([]docket.Matter, error) {
	found, err := t.matters(ctx, s, "id IN ({{list $1}})", list(ids))
	if err != nil {
		return nil, err
	}
	place := make(map[docket.MatterID]int, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	slices.SortFunc(found, func(a, b docket.Matter) int { return cmp.Compare(place[a.ID], place[b.ID]) })
	return found, nil
}

// DirectiveMatters returns the matters in scope of a directive, in order;
// none when the directive is out of scope, as then all of them are.
func (t *tx) DirectiveMatters(ctx context.Context, s docket.Scope, id docket.DirectiveID) ([]docket.Matter, error) {
	found, err := t.matters(ctx, s, "directive = $1", id)
	slices.SortFunc(found, func(a, b docket.Matter) int {
		return cmp.Or(cmp.Compare(a.Ord, b.Ord), cmp.Compare(a.ID, b.ID))
	})
	return found, err
}

// matters returns the matters that meet a condition and are in scope, in two
// queries however many they are.
func (t *tx) matters(ctx context.Context, s docket.Scope, condition string, arg any) ([]docket.Matter, error) {
	found, err := all(ctx, t, scanMatter, "SELECT "+matterColumns+" FROM matter WHERE "+condition, arg)
	if err != nil || len(found) == 0 {
		return found, err
	}
	place := make(map[docket.MatterID]int, len(found))
	for i := range found {
		place[found[i].ID] = i
	}
	parts, err := all(ctx, t, scanAssignment, "SELECT "+assignmentColumns+
		" FROM assignment WHERE matter IN (SELECT id FROM matter WHERE "+condition+") ORDER BY matter, ord", arg)
	if err != nil {
		return nil, err
	}
	for _, p := range parts {
		m := &found[place[p.matter]]
		m.Assignments = append(m.Assignments, p.Assignment)
	}
	return slices.DeleteFunc(found, func(m docket.Matter) bool { return !s.InScope(m.Owner, m.Status, units(m.Assignments)) }), nil
}

// units lists the units of assignments that are matched to one.
func units(a []docket.Assignment) iter.Seq[docket.UnitID] {
	return func(yield func(docket.UnitID) bool) {
		for i := range a {
			if a[i].Unit != 0 && !yield(a[i].Unit) {
				return
			}
		}
	}
}

// InsertMatters keeps many new matters with their assignments; their version is 1.
func (t *tx) InsertMatters(ctx context.Context, m []*docket.Matter) error {
	if len(m) == 0 {
		return nil
	}
	first, err := t.next(ctx, "matter", len(m))
	if err != nil {
		return err
	}
	words := make([]indexed, len(m))
	for i, x := range m {
		x.ID, x.Version, x.UpdatedAt, x.Round = docket.MatterID(first+int64(i)), 1, t.now, max(1, x.Round)
		words[i] = indexed{int64(x.ID), x.Requirement}
	}
	if err := t.insert(ctx, "matter", matterColumns, len(m), func(i int) []any {
		return append([]any{m[i].ID}, append(matterValues(m[i]), 1)...)
	}); err != nil {
		return err
	}
	if err := t.insertAssignments(ctx, m); err != nil {
		return err
	}
	t.touch(m...)
	return t.index(ctx, "matter_words", words)
}

// PutMatter keeps a matter as it is, with all of its assignments.
func (t *tx) PutMatter(ctx context.Context, m *docket.Matter) error {
	if m.ID == 0 {
		return t.InsertMatters(ctx, []*docket.Matter{m})
	}
	if err := t.PutLife(ctx, m); err != nil {
		return err
	}
	return t.reindex(ctx, "matter_words", []indexed{{int64(m.ID), m.Requirement}})
}

// PutLife is PutMatter for a matter whose requirement is as it was: its words
// need not be indexed again.
func (t *tx) PutLife(ctx context.Context, m *docket.Matter) error {
	was := m.UpdatedAt
	m.UpdatedAt = t.now
	n, err := t.exec(ctx, `UPDATE matter SET no = $3, owner = $4, directive = $5, clause = $6, clause_ord = $7, ord = $8, span_start = $9,
		span_end = $10, title = $11, requirement = $12, strength = $13, duty = $14, status = $15, result = $16, aside = $17, due = $18,
		first_due = $19, review_on = $20, provisional = $21, dues = $22, measures = $23, findings = $24, assigned_at = $25,
		updated_at = $26, assess_on = $27, was = $28, look_on = $29, condition = $30, round = $31, effect = $32, milestones = $33,
		version = version + 1 WHERE id = $1 AND version = $2`, append([]any{m.ID, m.Version}, matterValues(m)...)...)
	if err == nil && n == 0 {
		err = t.changed(ctx, "matter", int64(m.ID))
	}
	if err != nil {
		m.UpdatedAt = was
		return err
	}
	m.Version++
	if _, err := t.exec(ctx, "DELETE FROM assignment WHERE matter = $1", m.ID); err != nil {
		return err
	}
	if err := t.insertAssignments(ctx, []*docket.Matter{m}); err != nil {
		return err
	}
	t.touch(m)
	return nil
}

// DeleteDrafts removes drafts; when one of ids is no draft (any more) it fails
// with docket.Conflict.
func (t *tx) DeleteDrafts(ctx context.Context, ids []docket.MatterID) error {
	firm, err := one(ctx, t, scanInt, "SELECT COUNT(*) FROM matter WHERE status <> 'draft' AND id IN ({{list $1}})", list(ids))
	if err != nil {
		return err
	}
	if firm > 0 {
		return notDraft()
	}
	if _, err := t.exec(ctx, "DELETE FROM matter_words WHERE rowid IN ({{list $1}})", list(ids)); err != nil {
		return err
	}
	_, err = t.exec(ctx, "DELETE FROM matter WHERE id IN ({{list $1}})", list(ids))
	for _, id := range ids {
		delete(t.stale, id)
	}
	return err
}

func notDraft() error {
	return docket.Errorf(docket.Conflict, "store.not_draft", "a matter has been adopted or removed in the meantime; load the directive again")
}

// ProvisionalMatters returns the unfinished matters whose due is provisional.
func (t *tx) ProvisionalMatters(ctx context.Context) ([]docket.MatterID, error) {
	return all(ctx, t, scanID[docket.MatterID], "SELECT id FROM matter WHERE provisional = 1 AND status NOT IN ('completed', 'struck_off', 'archived', 'terminated') ORDER BY id")
}
