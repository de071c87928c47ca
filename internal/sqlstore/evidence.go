package sqlstore

import (
	"context"
	"time"

	docket "github.com/docket-os/docket"
)

const evidenceColumns = `id, matter, unit, report, kind, grade, sha256, name, media, size, caption, place, taken_at, expires, by_person, at, version`

func scanEvidence(r scanner) (e docket.Evidence, err error) {
	return e, r.Scan(&e.ID, &e.Matter, &e.Unit, optID(&e.Report), &e.Kind, &e.Grade, &e.SHA256, &e.Name, &e.Media, &e.Size, &e.Caption, &e.Place,
		instant{&e.TakenAt}, day{&e.Expires}, &e.By, instant{&e.At}, &e.Version)
}

// Evidence returns one piece of a matter in scope.
func (t *tx) Evidence(ctx context.Context, s docket.Scope, m docket.MatterID, id docket.EvidenceID) (docket.Evidence, error) {
	if _, err := t.Matter(ctx, s, m); err != nil {
		return docket.Evidence{}, err
	}
	return one(ctx, t, scanEvidence, "SELECT "+evidenceColumns+" FROM evidence WHERE matter = $1 AND id = $2", m, id)
}

// MatterEvidence returns all pieces of a matter in scope, in order of arrival.
func (t *tx) MatterEvidence(ctx context.Context, s docket.Scope, m docket.MatterID) ([]docket.Evidence, error) {
	if !s.Office.All() { // of which nothing is out of scope
		if _, err := t.Matter(ctx, s, m); err != nil {
			return nil, err
		}
	}
	return all(ctx, t, scanEvidence, "SELECT "+evidenceColumns+" FROM evidence WHERE matter = $1 ORDER BY id", m)
}

// maxShared bounds the rows read to tell where else files are used.
const maxShared = 1000

// SharedFiles tells which contents of a matter's evidence other matters use too.
func (t *tx) SharedFiles(ctx context.Context, s docket.Scope, m docket.MatterID) ([]docket.SharedFile, error) {
	if _, err := t.Matter(ctx, s, m); err != nil {
		return nil, err
	}
	type use struct {
		sum    string
		matter docket.MatterID
	}
	uses, err := all(ctx, t, func(r scanner) (u use, err error) { return u, r.Scan(&u.sum, &u.matter) },
		`SELECT DISTINCT e.sha256, e.matter FROM evidence e WHERE e.matter <> $1
		 AND e.sha256 IN (SELECT o.sha256 FROM evidence o WHERE o.matter = $2) ORDER BY e.sha256, e.matter LIMIT $3`, m, m, maxShared)
	if err != nil || len(uses) == 0 {
		return nil, err
	}
	ids := make([]docket.MatterID, len(uses))
	for i, u := range uses {
		ids[i] = u.matter
	}
	seen, err := t.Matters(ctx, s, ids)
	if err != nil {
		return nil, err
	}
	visible := map[docket.MatterID]bool{}
	for i := range seen {
		visible[seen[i].ID] = true
	}
	var out []docket.SharedFile
	for _, u := range uses {
		if len(out) == 0 || out[len(out)-1].SHA256 != u.sum {
			out = append(out, docket.SharedFile{SHA256: u.sum})
		}
		if f := &out[len(out)-1]; visible[u.matter] {
			f.Matters = append(f.Matters, u.matter)
		} else {
			f.Outside++
		}
	}
	return out, nil
}

// PutEvidence keeps a piece; its matter and content stay what they were.
func (t *tx) PutEvidence(ctx context.Context, e *docket.Evidence) error {
	if e.ID != 0 {
		n, err := t.exec(ctx, `UPDATE evidence SET kind = $4, grade = $5, name = $6, caption = $7, place = $8, taken_at = $9, expires = $10, version = version + 1
			WHERE id = $1 AND matter = $2 AND version = $3`, e.ID, e.Matter, e.Version, string(e.Kind), string(e.Grade), e.Name, e.Caption, e.Place, ms(e.TakenAt), e.Expires.String())
		if err == nil && n == 0 {
			err = t.changed(ctx, "evidence", int64(e.ID))
		}
		if err == nil {
			e.Version++
		}
		return err
	}
	id, err := t.next(ctx, "evidence", 1)
	if err != nil {
		return err
	}
	err = t.insert(ctx, "evidence", evidenceColumns, 1, func(int) []any {
		return []any{id, e.Matter, e.Unit, opt(e.Report), string(e.Kind), string(e.Grade), e.SHA256, e.Name, e.Media, e.Size, e.Caption, e.Place,
			ms(e.TakenAt), e.Expires.String(), e.By, ms(e.At), 1}
	})
	if err == nil {
		e.ID, e.Version = docket.EvidenceID(id), 1
	}
	return err
}

// DeleteEvidence removes a piece of the matter that no report carries.
func (t *tx) DeleteEvidence(ctx context.Context, m docket.MatterID, id docket.EvidenceID) error {
	n, err := t.exec(ctx, "DELETE FROM evidence WHERE matter = $1 AND id = $2 AND report IS NULL", m, id)
	if err == nil && n == 0 {
		err = notFound()
	}
	return err
}

// CarryEvidence lets a report carry exactly these pieces of the matter; one that
// is not there or carried by another report is docket.NotFound.
func (t *tx) CarryEvidence(ctx context.Context, m docket.MatterID, report docket.ReportID, ids []docket.EvidenceID) error {
	if _, err := t.exec(ctx, "UPDATE evidence SET report = NULL, version = version + 1 WHERE matter = $1 AND report = $2", m, report); err != nil {
		return err
	}
	for _, id := range ids { // a handful
		n, err := t.exec(ctx, "UPDATE evidence SET report = $3, version = version + 1 WHERE matter = $1 AND id = $2 AND report IS NULL", m, id, report)
		if err == nil && n == 0 {
			err = notFound()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

const uploadColumns = "id, matter, unit, by_person, name, size, sha256, parts, expires, version"

func scanUpload(r scanner) (u docket.Upload, err error) {
	return u, r.Scan(&u.ID, &u.Matter, &u.Unit, &u.By, &u.Name, &u.Size, &u.SHA256, jsonValue{&u.Parts}, instant{&u.Expires}, &u.Version)
}

// Upload returns a person's own upload for a matter.
func (t *tx) Upload(ctx context.Context, by docket.PersonID, m docket.MatterID, id docket.UploadID) (docket.Upload, error) {
	return one(ctx, t, scanUpload, "SELECT "+uploadColumns+" FROM upload WHERE id = $1 AND by_person = $2 AND matter = $3", id, by, m)
}

// Uploads returns all of a person's uploads.
func (t *tx) Uploads(ctx context.Context, by docket.PersonID) ([]docket.Upload, error) {
	return all(ctx, t, scanUpload, "SELECT "+uploadColumns+" FROM upload WHERE by_person = $1 ORDER BY id", by)
}

// ExpiredUploads returns uploads that had expired at an instant, at most so many.
func (t *tx) ExpiredUploads(ctx context.Context, at time.Time, most int) ([]docket.Upload, error) {
	return all(ctx, t, scanUpload, "SELECT "+uploadColumns+" FROM upload WHERE expires <= $1 ORDER BY expires, id LIMIT $2", ms(at), most)
}

// PutUpload keeps an upload or the parts that arrived since.
func (t *tx) PutUpload(ctx context.Context, u *docket.Upload) error {
	if u.ID != 0 {
		n, err := t.exec(ctx, "UPDATE upload SET parts = $3, expires = $4, version = version + 1 WHERE id = $1 AND version = $2",
			u.ID, u.Version, asJSON(u.Parts), ms(u.Expires))
		if err == nil && n == 0 {
			err = t.changed(ctx, "upload", int64(u.ID))
		}
		if err == nil {
			u.Version++
		}
		return err
	}
	id, err := t.next(ctx, "upload", 1)
	if err != nil {
		return err
	}
	err = t.insert(ctx, "upload", uploadColumns, 1, func(int) []any {
		return []any{id, u.Matter, u.Unit, u.By, u.Name, u.Size, u.SHA256, asJSON(u.Parts), ms(u.Expires), 1}
	})
	if err == nil {
		u.ID, u.Version = docket.UploadID(id), 1
	}
	return err
}

// DeleteUpload forgets an upload; one that is gone is docket.NotFound.
func (t *tx) DeleteUpload(ctx context.Context, id docket.UploadID) error {
	n, err := t.exec(ctx, "DELETE FROM upload WHERE id = $1", id)
	if err == nil && n == 0 {
		err = notFound()
	}
	return err
}
