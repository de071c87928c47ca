package sqlstore

import (
	"context"
	"fmt"

	docket "github.com/docket-os/docket"
)

const directiveColumns = `d.id, d.owner, d.title, d.number, d.issuer, d.issued_on, d.level, d.lang, d.addressees, d.parents, d.status,
	d.file_sha256, d.file_name, d.file_format, d.file_size, d.findings, d.imported_by, d.imported_at, d.adopted_at, d.stocktake, d.version`

func directiveInto(d *docket.Directive) []any {
	return []any{&d.ID, &d.Owner, &d.Title, &d.Number, &d.Issuer, day{&d.IssuedOn}, &d.Level, &d.Lang, jsonValue{&d.Addressees},
		jsonValue{&d.Parents}, &d.Status, &d.File.SHA256, &d.File.Name, &d.File.Format, &d.File.Size, jsonValue{&d.Findings},
		optID(&d.ImportedBy), instant{&d.ImportedAt}, instant{&d.AdoptedAt}, optID(&d.Stocktake), &d.Version}
}

func scanDirective(r scanner) (d docket.Directive, err error) {
	return d, r.Scan(directiveInto(&d)...)
}

func scanSummary(r scanner) (s docket.DirectiveSummary, err error) {
	return s, r.Scan(append(directiveInto(&s.Directive), &s.Clauses, &s.Covered, &s.Matters)...)
}

// Directives returns the directives in scope, newest first. Matters set aside
// are not counted.
func (t *tx) Directives(ctx context.Context, s docket.Scope) ([]docket.DirectiveSummary, error) {
	q := newScope(s)
	text := "SELECT " + directiveColumns + `,
		(SELECT COUNT(*) FROM clause c WHERE c.directive = d.id AND c.kind = 'clause'), COALESCE(n.covered, 0), COALESCE(n.matters, 0)
		FROM directive d LEFT JOIN (
			SELECT m.directive, COUNT(*) AS matters, COUNT(DISTINCT CASE WHEN m.status <> 'draft' AND c.kind = 'clause' THEN m.clause END) AS covered
			FROM matter m LEFT JOIN clause c ON c.id = m.clause
			WHERE m.aside = 0 AND ` + q.everyMatter() + ` GROUP BY m.directive) n ON n.directive = d.id
		WHERE ` + q.directive() + " ORDER BY d.id DESC"
	return all(ctx, t, scanSummary, text, q.args...)
}

// Readings returns the directives that an office in scope has not adopted yet.
func (t *tx) Readings(ctx context.Context, s docket.Scope) ([]docket.Directive, error) {
	q := newScope(s, string(docket.Reading))
	return all(ctx, t, scanDirective, "SELECT "+directiveColumns+" FROM directive d WHERE d.status = $1 AND "+q.office("d.owner")+" ORDER BY d.id DESC", q.args...)
}

// Directive returns one directive in scope.
func (t *tx) Directive(ctx context.Context, s docket.Scope, id docket.DirectiveID) (docket.Directive, error) {
	d, err := one(ctx, t, scanDirective, "SELECT "+directiveColumns+" FROM directive d WHERE d.id = $1", id)
	if err != nil {
		return docket.Directive{}, err
	}
	open, err := t.sees(ctx, s, &d)
	if err == nil && !open {
		err = notFound()
	}
	if err != nil {
		return docket.Directive{}, err
	}
	return d, nil
}

// sees reports whether a directive is in scope: by its owner or, once adopted, by
// one of its matters; the record of a meeting not by a matter but by having reported
// there.
func (t *tx) sees(ctx context.Context, s docket.Scope, d *docket.Directive) (bool, error) {
	if s.Office.Has(d.Owner) || d.Status == docket.Adopted && s.Read.Has(d.Owner) {
		return true, nil
	}
	if d.Status != docket.Adopted {
		return false, nil
	}
	type through struct {
		unit  docket.UnitID
		draft bool // as owner, of drafts too; otherwise of or in what is past draft
	}
	text, of := `SELECT m.owner, 1 FROM matter m WHERE m.directive = $1
		UNION SELECT m.owner, 0 FROM matter m WHERE m.directive = $1 AND m.status <> 'draft'
		UNION SELECT a.unit, 0 FROM matter m JOIN assignment a ON a.matter = m.id
		WHERE m.directive = $1 AND m.status <> 'draft' AND a.unit IS NOT NULL`, int64(d.ID)
	if d.Stocktake != 0 {
		text, of = "SELECT st.unit, 0 FROM statement st WHERE st.stocktake = $1", int64(d.Stocktake)
	}
	units, err := all(ctx, t, func(r scanner) (x through, err error) { return x, r.Scan(&x.unit, truth{&x.draft}) }, text, of)
	for _, x := range units {
		if x.draft && s.Office.Has(x.unit) || !x.draft && s.Read.Has(x.unit) {
			return true, nil
		}
	}
	return false, err
}

// DirectiveByFile returns the owner's directive read from that file, the newest of several.
func (t *tx) DirectiveByFile(ctx context.Context, owner docket.UnitID, sha256 string) (docket.DirectiveID, error) {
	return maybe(ctx, t, scanID[docket.DirectiveID],
		"SELECT id FROM directive WHERE owner = $1 AND file_sha256 = $2 ORDER BY id DESC LIMIT 1", owner, sha256)
}

// DirectiveByNumber returns the owner's directive of that number, the newest of several.
func (t *tx) DirectiveByNumber(ctx context.Context, owner docket.UnitID, number string) (docket.DirectiveID, error) {
	if number == "" {
		return 0, nil
	}
	return maybe(ctx, t, scanID[docket.DirectiveID],
		"SELECT id FROM directive WHERE owner = $1 AND number = $2 ORDER BY id DESC LIMIT 1", owner, number)
}

// PutDirective keeps a directive and its words for the search.
func (t *tx) PutDirective(ctx context.Context, d *docket.Directive) error {
	var err error
	if d.ID == 0 {
		err = t.insertDirective(ctx, d)
	} else {
		err = t.updateDirective(ctx, d)
	}
	if err != nil {
		return err
	}
	return t.reindex(ctx, "directive_words", []indexed{{int64(d.ID), d.Title + " " + d.Number + " " + d.Issuer}})
}

func (t *tx) insertDirective(ctx context.Context, d *docket.Directive) error {
	id, err := t.next(ctx, "directive", 1)
	if err != nil {
		return err
	}
	err = t.insert(ctx, "directive", `id, owner, title, number, issuer, issued_on, level, lang, addressees, parents, status,
		file_sha256, file_name, file_format, file_size, findings, imported_by, imported_at, adopted_at, stocktake, version`, 1, func(int) []any {
		return append([]any{id}, append(directiveValues(d), 1)...)
	})
	if err == nil {
		d.ID, d.Version = docket.DirectiveID(id), 1
	}
	return err
}

// directiveValues are all columns but id and version, in the table's order.
func directiveValues(d *docket.Directive) []any {
	return []any{d.Owner, d.Title, d.Number, d.Issuer, d.IssuedOn.String(), string(d.Level), d.Lang, asJSON(d.Addressees), asJSON(d.Parents),
		string(d.Status), d.File.SHA256, d.File.Name, d.File.Format, d.File.Size, asJSON(d.Findings), opt(d.ImportedBy), ms(d.ImportedAt), ms(d.AdoptedAt), opt(d.Stocktake)}
}

func (t *tx) updateDirective(ctx context.Context, d *docket.Directive) error {
	n, err := t.exec(ctx, `UPDATE directive SET owner = $3, title = $4, number = $5, issuer = $6, issued_on = $7, level = $8, lang = $9,
		addressees = $10, parents = $11, status = $12, file_sha256 = $13, file_name = $14, file_format = $15, file_size = $16,
		findings = $17, imported_by = $18, imported_at = $19, adopted_at = $20, stocktake = $21, version = version + 1 WHERE id = $1 AND version = $2`,
		append([]any{d.ID, d.Version}, directiveValues(d)...)...)
	if err == nil && n == 0 {
		err = t.changed(ctx, "directive", int64(d.ID))
	}
	if err == nil {
		d.Version++
	}
	return err
}

// DeleteDirective removes a directive that was not adopted, with its clauses
// and drafts; an adopted one is docket.Conflict.
func (t *tx) DeleteDirective(ctx context.Context, id docket.DirectiveID) error {
	status, err := one(ctx, t, scanText, "SELECT status FROM directive WHERE id = $1", id)
	if err != nil {
		return err
	}
	firm, err := one(ctx, t, scanInt, "SELECT COUNT(*) FROM matter WHERE directive = $1 AND status <> 'draft'", id)
	if err != nil {
		return err
	}
	if docket.DirectiveStatus(status) != docket.Reading || firm > 0 {
		return docket.Errorf(docket.Conflict, "store.directive_adopted", "the directive has been adopted; its matters stand and it can no longer be discarded")
	}
	for _, text := range []string{
		"DELETE FROM matter_words WHERE rowid IN (SELECT id FROM matter WHERE directive = $1)",
		"DELETE FROM matter WHERE directive = $1",
		"DELETE FROM clause_words WHERE rowid IN (SELECT id FROM clause WHERE directive = $1)",
		"DELETE FROM clause WHERE directive = $1",
		"DELETE FROM directive_words WHERE rowid = $1",
		"DELETE FROM directive WHERE id = $1",
	} {
		if _, err := t.exec(ctx, text, id); err != nil {
			return fmt.Errorf("delete directive %d: %w", id, err)
		}
	}
	return nil
}
