package storetest

import (
	"time"

	docket "github.com/docket-os/docket"
)

// piece is evidence of the bureau's with every field filled.
func (c *city) piece(m docket.MatterID, sum string) docket.Evidence {
	return docket.Evidence{Matter: m, Unit: c.bureau, Kind: docket.EvidencePhoto, Grade: docket.GradeDocument, SHA256: sum, Name: "现场.jpg",
		Media: "image/jpeg", Size: 1 << 33, Caption: "食堂开业", Place: "30.27,120.15", TakenAt: Noon.Add(-time.Hour), Expires: docket.NewDate(2027, 1, 1),
		By: c.clerk, At: Noon}
}

var evidenceTests = map[string]func(*city){
	"evidence is kept whole and reached only through its matter and scope": func(c *city) {
		_, ms := c.adopted("1号", 2, c.bureau)
		want := c.piece(ms[0].ID, "aa")
		c.update(func(w docket.Writer) error { return w.PutEvidence(ctx, &want) })
		one := func(s docket.Scope, m docket.MatterID) func(docket.Reader) (docket.Evidence, error) {
			return func(r docket.Reader) (docket.Evidence, error) { return r.Evidence(ctx, s, m, want.ID) }
		}
		c.same("kept", want, ask(c, one(fromUnit(c.bureau), ms[0].ID)))
		absent(c, "through another matter", one(fromUnit(c.bureau), ms[1].ID))
		absent(c, "out of scope", one(fromUnit(c.division), ms[0].ID))
		absent(c, "a list out of scope", func(r docket.Reader) ([]docket.Evidence, error) {
			return r.MatterEvidence(ctx, fromUnit(c.division), ms[0].ID)
		})
		absent(c, "shared files out of scope", func(r docket.Reader) ([]docket.SharedFile, error) {
			return r.SharedFiles(ctx, fromUnit(c.division), ms[0].ID)
		})
		old := want
		want.Caption, want.Place, want.TakenAt, want.Expires, want.Kind = "改了", "", time.Time{}, 0, docket.EvidenceTable
		c.update(func(w docket.Writer) error { return w.PutEvidence(ctx, &want) })
		c.same("changed", want, ask(c, one(fromOffice(c.office), ms[0].ID)))
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.PutEvidence(ctx, &old) })
		elsewhere := want
		elsewhere.Matter = ms[1].ID
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.PutEvidence(ctx, &elsewhere) })
		c.refused(docket.NotFound, func(w docket.Writer) error { return w.DeleteEvidence(ctx, ms[1].ID, want.ID) })
		c.update(func(w docket.Writer) error { return w.DeleteEvidence(ctx, ms[0].ID, want.ID) })
		absent(c, "deleted", one(docket.SystemScope(), ms[0].ID))
		nowhere := c.piece(9999, "aa")
		c.refused(docket.Invalid, func(w docket.Writer) error { return w.PutEvidence(ctx, &nowhere) })
	},
	"a report carries exactly the pieces named, and none that another carries": func(c *city) {
		_, ms := c.adopted("1号", 2, c.bureau)
		a, b, other := c.piece(ms[0].ID, "aa"), c.piece(ms[0].ID, "bb"), c.piece(ms[1].ID, "cc")
		c.update(func(w docket.Writer) error {
			for _, e := range []*docket.Evidence{&a, &b, &other} {
				must(c, 0, w.PutEvidence(ctx, e))
			}
			return w.CarryEvidence(ctx, ms[0].ID, 7, []docket.EvidenceID{a.ID, b.ID})
		})
		reports := func() (out []docket.ReportID) {
			for _, e := range ask(c, func(r docket.Reader) ([]docket.Evidence, error) {
				return r.MatterEvidence(ctx, fromUnit(c.bureau), ms[0].ID)
			}) {
				out = append(out, e.Report)
			}
			return out
		}
		c.same("both", []docket.ReportID{7, 7}, reports())
		c.refused(docket.NotFound, func(w docket.Writer) error {
			return w.CarryEvidence(ctx, ms[0].ID, 8, []docket.EvidenceID{a.ID})
		})
		c.refused(docket.NotFound, func(w docket.Writer) error {
			return w.CarryEvidence(ctx, ms[0].ID, 8, []docket.EvidenceID{other.ID})
		})
		c.refused(docket.NotFound, func(w docket.Writer) error { return w.DeleteEvidence(ctx, ms[0].ID, a.ID) })
		c.update(func(w docket.Writer) error { return w.CarryEvidence(ctx, ms[0].ID, 7, []docket.EvidenceID{b.ID}) })
		c.same("one is free again", []docket.ReportID{0, 7}, reports())
	},
	"the same file for other matters is told, those out of scope by number": func(c *city) {
		_, mine := c.adopted("1号", 1, c.bureau)
		_, near := c.adopted("2号", 1, c.bureau)
		_, far := c.adopted("3号", 2, c.county)
		c.update(func(w docket.Writer) error {
			// the county supports every matter; take it out of the bureau's
			for _, m := range [][]*docket.Matter{mine, near} {
				m[0].Assignments = m[0].Assignments[1:2]
				must(c, 0, w.PutMatter(ctx, m[0]))
			}
			for _, m := range []docket.MatterID{mine[0].ID, near[0].ID, far[0].ID, far[1].ID} {
				e := c.piece(m, "aa")
				must(c, 0, w.PutEvidence(ctx, &e))
			}
			twice, own, alone := c.piece(near[0].ID, "aa"), c.piece(mine[0].ID, "bb"), c.piece(far[0].ID, "cc")
			must(c, 0, w.PutEvidence(ctx, &twice))
			must(c, 0, w.PutEvidence(ctx, &own))
			return w.PutEvidence(ctx, &alone)
		})
		shared := func(s docket.Scope) []docket.SharedFile {
			return ask(c, func(r docket.Reader) ([]docket.SharedFile, error) { return r.SharedFiles(ctx, s, mine[0].ID) })
		}
		c.same("to the unit", []docket.SharedFile{{SHA256: "aa", Matters: []docket.MatterID{near[0].ID}, Outside: 2}}, shared(fromUnit(c.bureau)))
		c.same("to the office", []docket.SharedFile{{SHA256: "aa", Matters: []docket.MatterID{near[0].ID, far[0].ID, far[1].ID}}}, shared(fromOffice(c.office)))
	},
	"uploads are their owner's alone and expire": func(c *city) {
		_, ms := c.adopted("1号", 2, c.bureau)
		u := docket.Upload{Matter: ms[0].ID, Unit: c.bureau, By: c.clerk, Name: "现场.mp4", Size: 1 << 33, SHA256: "ab", Expires: Noon.Add(time.Hour)}
		c.update(func(w docket.Writer) error { return w.PutUpload(ctx, &u) })
		old := u
		u.Parts = []docket.UploadPart{{Key: "k1", Size: 4 << 20}, {Key: "k2", Size: 3}}
		c.update(func(w docket.Writer) error { return w.PutUpload(ctx, &u) })
		get := func(by docket.PersonID, m docket.MatterID) func(docket.Reader) (docket.Upload, error) {
			return func(r docket.Reader) (docket.Upload, error) { return r.Upload(ctx, by, m, u.ID) }
		}
		c.same("kept", u, ask(c, get(c.clerk, ms[0].ID)))
		c.same("listed", []docket.Upload{u}, ask(c, func(r docket.Reader) ([]docket.Upload, error) { return r.Uploads(ctx, c.clerk) }))
		c.same("another's", 0, len(ask(c, func(r docket.Reader) ([]docket.Upload, error) { return r.Uploads(ctx, c.other) })))
		absent(c, "another's", get(c.other, ms[0].ID))
		absent(c, "through another matter", get(c.clerk, ms[1].ID))
		c.refused(docket.Conflict, func(w docket.Writer) error { old.Parts = nil; return w.PutUpload(ctx, &old) })
		expired := func(at time.Time) int {
			return len(ask(c, func(r docket.Reader) ([]docket.Upload, error) { return r.ExpiredUploads(ctx, at, 5) }))
		}
		c.same("expired before and after", []int{0, 1}, []int{expired(Noon), expired(Noon.Add(time.Hour))})
		c.update(func(w docket.Writer) error { return w.DeleteUpload(ctx, u.ID) })
		absent(c, "deleted", get(c.clerk, ms[0].ID))
		c.refused(docket.NotFound, func(w docket.Writer) error { return w.DeleteUpload(ctx, u.ID) })
	},
}
