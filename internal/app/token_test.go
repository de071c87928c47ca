package app_test

import (
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

func TestTokens(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	w.adopted()
	month := w.now.AddDate(0, 1, 0)
	for what, bad := range map[string]docket.Token{
		"without a name":     {ReadOnly: true, Expires: month},
		"without an end":     {Name: "x", ReadOnly: true},
		"for two years":      {Name: "x", ReadOnly: true, Expires: w.now.AddDate(2, 0, 0)},
		"without a scope":    {Name: "x", Expires: month},
		"with two scopes":    {Name: "x", ReadOnly: true, Acts: []docket.Act{docket.ActRead}, Expires: month},
		"beyond the posts":   {Name: "x", Acts: []docket.Act{docket.ActManagePeople}, Expires: month},
		"for an unknown act": {Name: "x", Acts: []docket.Act{"everything"}, Expires: month},
	} {
		_, _, err := w.NewToken(ctx, w.office, bad)
		w.refused(what, err, docket.Invalid, "token.invalid")
	}
	reader, text, err := w.NewToken(ctx, w.office, docket.Token{Name: "月报", ReadOnly: true, Expires: month})
	w.must(err)
	w.nothingKept(text)
	actor, _, err := w.AuthenticateToken(ctx, text)
	w.must(err)
	if n := w.ledger(actor).Total; n == 0 {
		t.Error("a reading token reads nothing")
	}
	_, err = w.Import(ctx, actor, "实事.txt", []byte(plan))
	w.refused("a reading token that imports", err, docket.Forbidden, "")

	_, narrow, err := w.NewToken(ctx, w.office, docket.Token{Name: "导入", Acts: []docket.Act{docket.ActImport}, Expires: month})
	w.must(err)
	actor, _, err = w.AuthenticateToken(ctx, narrow)
	w.must(err)
	_, err = w.Import(ctx, actor, "实事二.txt", []byte("关于植树的通知\n一、植树。（市教育局牵头）\n"))
	w.must(err)

	list, err := w.Tokens(ctx, w.office)
	w.must(err)
	if len(list) != 2 || list[1].ID != reader.ID || list[1].Used.IsZero() {
		t.Errorf("tokens: %+v", list)
	}
	w.refused("ending somebody else's", w.EndToken(ctx, w.edu, reader.ID), docket.NotFound, "")
	w.must(w.EndToken(ctx, w.office, reader.ID))
	_, _, err = w.AuthenticateToken(ctx, text)
	w.refused("an ended token", err, docket.Unauthorized, "token.refused")

	post := w.office.Posts[0]
	_, err = w.EndPost(ctx, w.admin, post.ID, docket.DateOf(w.now)-1)
	w.must(err)
	actor, _, err = w.AuthenticateToken(ctx, narrow)
	w.must(err)
	_, err = w.Import(ctx, actor, "实事三.txt", []byte("关于种草的通知\n一、种草。（市教育局牵头）\n"))
	w.refused("a token of somebody whose post has ended", err, docket.Forbidden, "")
	w.now = month.Add(time.Second)
	_, _, err = w.AuthenticateToken(ctx, narrow)
	w.refused("an expired token", err, docket.Unauthorized, "token.refused")
}

func TestTokensOfAnAccountOutOfUseEnd(t *testing.T) {
	w := newTown(t, openSQLite(t))
	ctx := t.Context()
	_, text, err := w.NewToken(ctx, w.edu, docket.Token{Name: "x", ReadOnly: true, Expires: w.now.AddDate(0, 1, 0)})
	w.must(err)
	for _, active := range []bool{false, true} {
		var p docket.Person
		w.must(w.store.View(ctx, func(r docket.Reader) (err error) { p, err = r.Person(ctx, w.edu.Person.ID); return err }))
		_, err = w.EditPerson(ctx, w.admin, p.ID, p.Version, app.PersonEdit{Active: &active})
		w.must(err)
		_, _, err = w.AuthenticateToken(ctx, text)
		w.refused("its token", err, docket.Unauthorized, "token.refused")
	}
}
