package app_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"slices"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// shot is a photo of its own for each shade.
func shot(t testing.TB, shade uint8) string {
	img := image.NewGray(image.Rect(0, 0, 800, 400))
	for i := range img.Pix {
		img.Pix[i] = shade
	}
	img.Set(1, 1, color.White)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// bring sends a photo in pieces of 1000 bytes, announced under a hash.
func (w *town) bring(who docket.Actor, m docket.MatterID, name, content, sum string) error {
	u, err := w.BeginPhoto(w.t.Context(), who, m, app.NewUpload{Name: name, Size: int64(len(content)), SHA256: sum})
	for err == nil && u.Offset < u.Size {
		u, err = w.AppendPhoto(w.t.Context(), who, m, u.ID, u.Offset, []byte(content[u.Offset:min(u.Offset+1000, u.Size)]))
	}
	return err
}

// form is a filled-in form that names photos.
func (w *town) form(key string, contents ...string) docket.Verification {
	v := docket.Verification{Outcome: docket.FoundTrue, Words: "已看", SeenAt: w.now, Key: key}
	for _, c := range contents {
		v.Photos = append(v.Photos, docket.Photo{SHA256: hashOf(c), Source: docket.PhotoTaken, TakenAt: w.now, TimeBy: docket.ByPhone,
			Where: &docket.Spot{Lat: 31.2304, Lon: 121.4737, Accuracy: 12}, WhereBy: docket.ByPhone})
	}
	return v
}

// onTheSpot is a town with a matter and a verifier from outside its line.
func onTheSpot(t *testing.T, store docket.Store) (w *town, m docket.MatterID, checker docket.Actor) {
	w = newTown(t, store)
	w.adopted()
	return w, w.matterOf(w.edu), w.person("checker", docket.Verifier, "云州市")
}

func TestPhotosOfAVerification(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			w, m, checker := onTheSpot(t, open(t))
			photosFiled(w, m, checker)
		})
	}
}

func photosFiled(w *town, m docket.MatterID, checker docket.Actor) {
	t, ctx := w.t, w.t.Context()
	a, b := shot(t, 10), shot(t, 20)
	before := w.keptFiles()
	_, err := w.Verify(ctx, checker, m, w.form("k1", a, b), 0)
	w.refused("a form before its photos", err, docket.Conflict, "verification.photos_missing")
	w.must(w.bring(checker, m, "a.jpg", a, hashOf(a)))
	w.must(w.bring(checker, m, "b.jpg", b, hashOf(b)))
	w.must(w.bring(checker, m, "b.jpg", b, hashOf(b))) // the answer was lost: nothing is sent again
	page, err := w.Verify(ctx, checker, m, w.form("k1", a, b), 0)
	w.must(err)
	if len(page.Checks) != 1 || len(page.Checks[0].Photos) != 2 {
		t.Fatalf("filed: %+v", page.Checks)
	}
	p, v := page.Checks[0].Photos[1], page.Checks[0].ID
	if p.Name != "b.jpg" || p.Media != "image/jpeg" || p.Size != int64(len(b)) || !p.TakenAt.Equal(w.now) || p.Where.Lat != 31.2304 || p.WhereBy != docket.ByPhone {
		t.Errorf("kept as %+v", p)
	}
	if n := w.keptFiles() - before; n != 2 {
		t.Errorf("%d files kept, want the two photos and no piece", n)
	}
	// the same form again, though nothing waits any more, counts once
	page, err = w.Verify(ctx, checker, m, w.form("k1", a, b), 0)
	w.must(err)
	if len(page.Checks) != 1 {
		t.Errorf("counted %d times", len(page.Checks))
	}
	var log []docket.Entry
	w.must(w.store.View(ctx, func(r docket.Reader) (err error) {
		log, err = r.Entries(ctx, docket.EntryQuery{}, 0, 1000)
		return err
	}))
	if !slices.ContainsFunc(log, func(e docket.Entry) bool { return e.Matter == m && bytes.Contains(e.After, []byte(hashOf(b))) }) {
		t.Error("the journal does not keep the photos' hashes")
	}

	// read in the reader's scope, and only through its matter and form
	_, f, err := w.Photo(ctx, w.edu, m, v, 2)
	w.must(err)
	got, err := io.ReadAll(f)
	w.must(errors.Join(err, f.Close()))
	if string(got) != b {
		t.Error("the photo came back changed")
	}
	small, err := w.PhotoPicture(ctx, w.office, m, v, 1, false)
	w.must(err)
	if cfg, err := jpeg.DecodeConfig(bytes.NewReader(small)); err != nil || cfg.Width != 360 {
		t.Errorf("drawn %+v %v", cfg, err)
	}
	_, _, err = w.Photo(ctx, w.district, m, v, 1)
	w.refused("out of scope", err, docket.NotFound, "")
	other := w.ledger(w.office).Items
	_, _, err = w.Photo(ctx, w.office, other[len(other)-1].ID, v, 1)
	w.refused("through another matter", err, docket.NotFound, "")
	for _, n := range []int{0, 3} {
		_, _, err = w.Photo(ctx, w.office, m, v, n)
		w.refused("a photo that is not there", err, docket.NotFound, "")
	}

	// they are no evidence: the unit has none, and the verifier's hands stay clean
	list, err := w.Evidence(ctx, w.edu, m)
	w.must(err)
	if len(list.Items) != 0 {
		t.Errorf("photos stand among the evidence: %+v", list.Items)
	}
	if !slices.Contains(page.May, docket.ActVerify) {
		t.Error("who filed photos may not verify any more")
	}
	_, err = w.Verify(ctx, checker, m, w.form("k2"), 0)
	w.must(err)
}

func TestPhotosThatAreRefusedAreNamed(t *testing.T) {
	w, m, checker := onTheSpot(t, openSQLite(t))
	ctx, good := t.Context(), shot(t, 1)
	w.must(w.bring(checker, m, "good.jpg", good, hashOf(good)))
	kept := w.keptFiles()
	page, swapped, cut := "<html><script>alert(1)</script></html>", shot(t, 3), shot(t, 4)[:900]
	gif := "GIF89a\x01\x00\x01\x00\x00\x00\x00;"
	for _, c := range []struct{ name, content, sum, key string }{
		{"renamed.jpg", page, hashOf(page), "evidence.mismatch"},
		{"swapped.jpg", swapped, hashOf("another"), "evidence.swapped"},
		{"cut.jpg", cut, hashOf(cut), "preview.broken"},
		{"moving.gif", gif, hashOf(gif), "verification.not_a_photo"},
	} {
		w.must(w.bring(checker, m, c.name, c.content, c.sum))
		form := w.form("k", good, c.content)
		form.Photos[1].SHA256 = c.sum
		_, err := w.Verify(ctx, checker, m, form, 0)
		var e *docket.Error
		if !asError(err, &e) || e.Key != "verification.photos" || len(e.Fields) != 1 || e.Fields[0].Field != "photos[1]" || e.Fields[0].Key != c.key || e.Fields[0].Args["file"] != c.name {
			t.Errorf("%s: %v", c.name, err)
		}
		if n := w.keptFiles(); n != kept {
			t.Errorf("%s leaves %d files", c.name, n-kept)
		}
	}
	// the good one is still there: without the bad one the form is filed
	done, err := w.Verify(ctx, checker, m, w.form("k", good), 0)
	w.must(err)
	if len(done.Checks) != 1 || done.Checks[0].Photos[0].Name != "good.jpg" {
		t.Errorf("filed: %+v", done.Checks)
	}

	_, err = w.BeginPhoto(ctx, checker, m, app.NewUpload{Name: "a.jpg", Size: docket.MaxPhotoBytes + 1, SHA256: hashOf("a")})
	w.refused("too large", err, docket.TooLarge, "verification.photo_large")
	_, err = w.BeginPhoto(ctx, checker, m, app.NewUpload{Name: "a.jpg", Size: 1})
	w.refused("without a hash", err, docket.Invalid, "evidence.invalid")
	_, err = w.BeginPhoto(ctx, checker, m, app.NewUpload{Name: "机密★10年.jpg", Size: 1, SHA256: hashOf("a")})
	w.refused("a secret name", err, docket.Classified, "paper.classified")
	secret := w.form("s", good)
	secret.Place = "机密★10年 某处"
	_, err = w.Verify(ctx, checker, m, secret, 0)
	w.refused("a secret place", err, docket.Classified, "")
	many := w.form("m")
	for i := range docket.MaxPhotos + 1 {
		many.Photos = append(many.Photos, w.form("", string(rune('a'+i))).Photos...)
	}
	_, err = w.Verify(ctx, checker, m, many, 0)
	w.refused("eleven photos", err, docket.Invalid, "verification.invalid")
}

func TestPhotosAreTheirVerifiersAlone(t *testing.T) {
	w, m, checker := onTheSpot(t, openSQLite(t))
	ctx, photo := t.Context(), shot(t, 1)
	w.must(w.bring(checker, m, "a.jpg", photo, hashOf(photo)))
	u, err := w.BeginPhoto(ctx, checker, m, app.NewUpload{Name: "b.jpg", Size: 3, SHA256: hashOf("abc")})
	w.must(err)
	second := w.person("second", docket.Verifier, "云州市")
	_, err = w.Verify(ctx, second, m, w.form("k", photo), 0)
	w.refused("a form that names another's photo", err, docket.Conflict, "verification.photos_missing")
	_, err = w.AppendPhoto(ctx, second, m, u.ID, 0, []byte("abc"))
	w.refused("sending into another's photo", err, docket.NotFound, "")
	w.refused("dropping another's photo", w.DropPhoto(ctx, second, m, u.ID), docket.NotFound, "")
	_, err = w.BeginPhoto(ctx, w.edu, m, app.NewUpload{Name: "a.jpg", Size: 3, SHA256: hashOf("abc")})
	w.refused("a photo of the unit's own", err, docket.Forbidden, "refuse.verify")
	_, err = w.FinishUpload(ctx, checker, m, u.ID, app.EvidenceEdit{})
	w.refused("making evidence of it", err, docket.Forbidden, "evidence.same_line")

	w.must(w.DropPhoto(ctx, checker, m, u.ID))
	_, err = w.AppendPhoto(ctx, checker, m, u.ID, 0, []byte("abc"))
	w.refused("a dropped photo", err, docket.NotFound, "")
	w.now = w.now.Add(docket.UploadLife)
	_, err = w.Verify(ctx, checker, m, w.form("k", photo), 0)
	w.refused("photos that lay too long", err, docket.Conflict, "verification.photos_missing")
	w.must(w.bring(checker, m, "a.jpg", photo, hashOf(photo)))
	old := w.form("k", photo)
	old.Photos[0].TakenAt = w.now.Add(-48 * time.Hour)
	page, err := w.Verify(ctx, checker, m, old, 0)
	w.must(err)
	if !page.Checks[0].Photos[0].Apart(page.Checks[0].SeenAt) {
		t.Error("a photo two days older than the visit does not say so")
	}
}
