package storetest

import (
	"encoding/json"
	"time"

	docket "github.com/docket-os/docket"
)

var keptTests = map[string]func(*city){
	"saved views are their person's alone": func(c *city) {
		want := docket.SavedView{Person: c.clerk, Name: "红灯", Columns: []string{"no", "due"}, Group: "unit",
			Query: docket.LedgerQuery{Unit: c.bureau, Below: true, Lamp: []docket.Lamp{docket.LampAct}, DueFrom: docket.NewDate(2026, 1, 1), Sort: docket.SortDue}}
		c.update(func(w docket.Writer) error { return w.PutView(ctx, &want) })
		want.Name = "亮灯"
		c.update(func(w docket.Writer) error { return w.PutView(ctx, &want) })
		views := func(p docket.PersonID) []docket.SavedView {
			return ask(c, func(r docket.Reader) ([]docket.SavedView, error) { return r.Views(ctx, p) })
		}
		c.same("the clerk's", []docket.SavedView{want}, views(c.clerk))
		c.same("another's", 0, len(views(c.other)))
		theirs := want
		theirs.Person = c.other
		c.refused(docket.NotFound, func(w docket.Writer) error { return w.PutView(ctx, &theirs) })
		c.refused(docket.NotFound, func(w docket.Writer) error { return w.DeleteView(ctx, c.other, want.ID) })
		c.update(func(w docket.Writer) error { return w.DeleteView(ctx, c.clerk, want.ID) })
		c.same("deleted", 0, len(views(c.clerk)))
	},
	"settings": func(c *city) {
		get := func() string {
			return string(ask(c, func(r docket.Reader) (json.RawMessage, error) { return r.Setting(ctx, "lamp") }))
		}
		c.same("unset", "", get())
		for _, v := range []string{`{"days": 7}`, `{"days":3}`, `""`} {
			c.update(func(w docket.Writer) error { return w.PutSetting(ctx, "lamp", json.RawMessage(v)) })
			c.same("set", v, get())
		}
		c.update(func(w docket.Writer) error { return w.PutSetting(ctx, "lamp", nil) })
		c.same("removed", "", get())
	},
	"an answer is kept under a person's key, once, for a while": func(c *city) {
		want := docket.Replay{Request: [32]byte{1, 2}, Status: 201, Body: []byte("{\"id\":\x00\xff}"), At: Noon}
		replay := func(p docket.PersonID, key string) *docket.Replay {
			return ask(c, func(r docket.Reader) (*docket.Replay, error) { return r.Replay(ctx, p, key) })
		}
		c.update(func(w docket.Writer) error {
			must(c, 0, w.PutReplay(ctx, c.clerk, "k1", want))
			return w.PutReplay(ctx, c.other, "k1", docket.Replay{Status: 204})
		})
		c.same("kept", &want, replay(c.clerk, "k1"))
		c.same("another's key of that name", 204, replay(c.other, "k1").Status)
		if r := replay(c.clerk, "k2"); r != nil {
			c.Errorf("new key: %v", r)
		}
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.PutReplay(ctx, c.clerk, "k1", want) })
		must(c, 0, c.Update(ctx, Noon.Add(73*time.Hour), func(w docket.Writer) error { return w.PutReplay(ctx, c.clerk, "k3", want) }))
		if r := replay(c.clerk, "k1"); r != nil {
			c.Errorf("after 73 hours: %v", r)
		}
	},
}

var lookTests = map[string]func(*city){
	"a verification is kept whole, with its photos, and once under its key": func(c *city) {
		_, ms := c.adopted("1号", 1, c.bureau)
		want := docket.Verification{Matter: ms[0].ID, Kind: docket.VerifySpot, Round: 1, Outcome: docket.FoundTrue, Checks: []docket.Check{{Text: "已开工", OK: true, Note: "两处"}},
			Words: "属实", Place: "工地", SeenAt: Noon.Add(-time.Hour), By: c.clerk, At: Noon, Key: "k1", Photos: []docket.Photo{
				{SHA256: "aa", Name: "现场.jpg", Media: "image/jpeg", Size: 1 << 20, Source: docket.PhotoTaken, TakenAt: Noon.Add(-time.Hour), TimeBy: docket.ByPhone,
					Where: &docket.Spot{Lat: -31.230416, Lon: 121.473701, Accuracy: 12.5}, WhereBy: docket.ByPhone},
				{SHA256: "bb", Name: "b.jpg", Media: "image/jpeg", Size: 1, Source: docket.PhotoChosen},
			}}
		again, other := want, want
		other.Key = ""
		c.update(func(w docket.Writer) error { return w.PutVerification(ctx, &want) })
		c.update(func(w docket.Writer) error { return w.PutVerification(ctx, &other) })
		c.refused(docket.Conflict, func(w docket.Writer) error { return w.PutVerification(ctx, &again) })
		c.same("kept", []docket.Verification{want, other}, ask(c, func(r docket.Reader) ([]docket.Verification, error) { return r.MatterVerifications(ctx, ms[0].ID) }))
	},
}

var checkTests = map[string]func(*city){
	"planted breaches are found": func(c *city) {
		c.broken = true
		c.adopted("1号", 3, c.bureau)
		c.sound()
		for _, breach := range []string{
			"DELETE FROM unit_closure WHERE depth = 2",
			"INSERT INTO unit_closure (below, above, depth) VALUES (2, 5, 7)",
			"UPDATE matter_row SET line = 'x' WHERE matter = 1",
			"DELETE FROM matter_row WHERE matter = 2",
			"DELETE FROM matter_words WHERE rowid = 3",
			"DELETE FROM clause_words WHERE rowid = 2",
			"DROP INDEX obligation_open",
			"UPDATE counter SET value = value + 1 WHERE name = 'journal'",
			"UPDATE matter SET status = 'draft' WHERE id = 3",
		} {
			before, err := c.Check(ctx)
			must(c, 0, err)
			must(c, 0, c.Raw(ctx, breach))
			after, err := c.Check(ctx)
			if must(c, len(after), err) <= len(before) {
				c.Errorf("%s was not noticed: %q", breach, after)
			}
		}
	},
}
