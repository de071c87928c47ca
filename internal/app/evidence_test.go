package app_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"image/jpeg"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/paper"
)

func hashOf(content string) string {
	h := sha256.Sum256([]byte(content))
	return hex.EncodeToString(h[:])
}

// matterOf is the first matter that the actor sees; the plan's leads 市教育局.
func (w *town) matterOf(actor docket.Actor) docket.MatterID {
	w.t.Helper()
	return w.ledger(actor).Items[0].ID
}

// send brings a file in, whole, in pieces of n bytes.
func (w *town) send(actor docket.Actor, m docket.MatterID, unit, name, content string, n int) (app.EvidenceView, error) {
	ctx := w.t.Context()
	u, err := w.BeginUpload(ctx, actor, m, app.NewUpload{Unit: w.unit[unit], Name: name, Size: int64(len(content)), SHA256: hashOf(content)})
	for err == nil && u.Offset < u.Size {
		u, err = w.AppendUpload(ctx, actor, m, u.ID, u.Offset, []byte(content[u.Offset:min(u.Offset+int64(n), u.Size)]))
	}
	if err != nil {
		return app.EvidenceView{}, err
	}
	return w.FinishUpload(ctx, actor, m, u.ID, app.EvidenceEdit{})
}

// keptFiles lists all that the town's directory of files holds, by size.
func (w *town) keptFiles() (n int) {
	w.t.Helper()
	w.must(filepath.WalkDir(w.files, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			n++
		}
		return err
	}))
	return n
}

func picture(t testing.TB) string {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 800, 400)), nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEvidence(t *testing.T) {
	for name, open := range engines {
		t.Run(name, func(t *testing.T) {
			w := newTown(t, open(t))
			w.adopted()
			evidence(w)
		})
	}
}

func evidence(w *town) {
	t, ctx := w.t, w.t.Context()
	m := w.matterOf(w.edu)
	before := w.keptFiles()
	photo := picture(t)
	e, err := w.send(w.edu, m, "市教育局", "现场.jpg", photo, 1000)
	w.must(err)
	if e.Grade != docket.GradeDocument || e.Kind != docket.EvidencePhoto || e.Media != "image/jpeg" || e.SHA256 != hashOf(photo) || e.UnitName != "市教育局" || e.ByName != "edu" || !e.Mine || e.Shown != "picture" {
		t.Errorf("offered: %+v", e)
	}
	if n := w.keptFiles() - before; n != 1 {
		t.Errorf("%d files kept, want the one: pieces are dropped", n)
	}
	for _, full := range []bool{false, true, true} {
		page, err := w.PagePicture(ctx, w.office, m, e.ID, 1, full)
		w.must(err)
		if cfg, err := jpeg.DecodeConfig(bytes.NewReader(page)); err != nil || cfg.Width != map[bool]int{false: 360, true: 800}[full] {
			t.Errorf("drawn %+v %v", cfg, err)
		}
	}
	_, f, err := w.EvidenceFile(ctx, w.office, m, e.ID)
	w.must(err)
	got, err := io.ReadAll(f)
	w.must(errors.Join(err, f.Close()))
	if string(got) != photo {
		t.Error("the content came back changed")
	}

	// text, with tables, as blocks
	table, err := w.send(w.edu, m, "市教育局", "进度.csv", "学校,学位\n一小,600\n<script>,0\n", 100)
	w.must(err)
	p, err := w.PreviewEvidence(ctx, w.office, m, table.ID)
	w.must(err)
	if p.Shown != "text" || len(p.Blocks) == 0 || len(p.Blocks[0].Rows) != 3 || p.Blocks[0].Rows[2][0] != "<script>" {
		t.Errorf("preview: %+v", p)
	}

	// described, by its owner alone
	caption, place := "开学典礼", "30.27,120.15"
	edited, err := w.EditEvidence(ctx, w.edu, m, e.ID, e.Version, app.EvidenceEdit{Caption: &caption, Place: &place, TakenAt: &w.now})
	w.must(err)
	if edited.Caption != caption || edited.Place != place || !edited.TakenAt.Equal(w.now) {
		t.Errorf("edited: %+v", edited)
	}
	_, err = w.EditEvidence(ctx, w.edu, m, e.ID, e.Version, app.EvidenceEdit{Caption: &place})
	w.refused("editing what somebody changed", err, docket.Conflict, "error.conflict")
	secret := "机密★10年"
	_, err = w.EditEvidence(ctx, w.edu, m, e.ID, edited.Version, app.EvidenceEdit{Caption: &secret})
	w.refused("a secret caption", err, docket.Classified, "paper.classified")
	_, err = w.EditEvidence(ctx, w.office, m, e.ID, edited.Version, app.EvidenceEdit{Caption: &caption})
	w.refused("editing another's", err, docket.Forbidden, "refuse.offer_evidence")
	w.refused("removing another's", w.RemoveEvidence(ctx, w.office, m, e.ID), docket.Forbidden, "refuse.offer_evidence")

	// nobody reads past their scope, nor through another matter
	other := w.ledger(w.office).Items
	_, _, err = w.EvidenceFile(ctx, w.district, m, e.ID)
	w.refused("reading out of scope", err, docket.NotFound, "")
	_, err = w.PagePicture(ctx, w.office, other[len(other)-1].ID, e.ID, 1, false)
	w.refused("reading through another matter", err, docket.NotFound, "")
	_, err = w.BeginUpload(ctx, w.office, m, app.NewUpload{Unit: w.unit["市教育局"], Name: "a.jpg", Size: 1})
	w.refused("offering for a unit one does not file for", err, docket.Forbidden, "refuse.offer_evidence")
	_, err = w.BeginUpload(ctx, w.edu, m, app.NewUpload{Unit: w.unit["临江区教育局"], Name: "a.jpg", Size: 1})
	w.refused("offering for a unit without a part", err, docket.Forbidden, "refuse.offer_evidence")

	twin(w, m, photo)
	carried(w, m, e.ID, table.ID)
}

// twin offers the same file for another matter, and a second time here.
func twin(w *town, m docket.MatterID, photo string) {
	t, ctx := w.t, w.t.Context()
	_, err := w.send(w.edu, m, "市教育局", "又一张.jpg", photo, 1<<20)
	w.refused("the same file twice", err, docket.Conflict, "evidence.twice")
	var second docket.MatterID
	for _, row := range w.ledger(w.fin).Items {
		if row.ID != m {
			second = row.ID
		}
	}
	_, err = w.send(w.fin, second, "市财政局", "photo.jpg", photo, 1<<20)
	w.must(err)
	for _, c := range []struct {
		who  docket.Actor
		same int
	}{{w.edu, 1}, {w.office, 1}} {
		list, err := w.Evidence(ctx, c.who, m)
		w.must(err)
		if len(list.Items[0].Same) != c.same || list.Items[0].Same[0].ID != second || list.Items[0].Outside != 0 {
			t.Errorf("%s is told %+v", c.who.Person.Login, list.Items[0])
		}
	}
}

// carried lets a report carry pieces: then they stay.
func carried(w *town, m docket.MatterID, photo, table docket.EvidenceID) {
	t, ctx := w.t, w.t.Context()
	pieces, err := w.CarryForTest(ctx, w.edu, m, w.unit["市教育局"], 7, []docket.EvidenceID{photo}, 9)
	w.must(err)
	if len(pieces) != 1 || !docket.Proves(pieces, docket.GradeDocument, 0) {
		t.Errorf("carried %+v", pieces)
	}
	w.refused("taking back what is filed", w.RemoveEvidence(ctx, w.edu, m, photo), docket.Conflict, "evidence.filed")
	_, err = w.CarryForTest(ctx, w.edu, m, w.unit["市教育局"], 8, []docket.EvidenceID{photo}, 9)
	w.refused("carrying twice", err, docket.Invalid, "evidence.uncarriable")
	_, err = w.CarryForTest(ctx, w.edu, m, w.unit["市教育局"], 8, []docket.EvidenceID{photo, table}, 1)
	w.refused("carrying too many", err, docket.TooLarge, "evidence.too_many")
	w.must(w.RemoveEvidence(ctx, w.edu, m, table))
	list, err := w.Evidence(ctx, w.edu, m)
	w.must(err)
	if len(list.Items) != 1 || list.Items[0].Mine || len(list.OfferFor) != 1 {
		t.Errorf("left: %+v", list)
	}
	page, err := w.Matter(ctx, w.edu, m)
	w.must(err)
	verbs := ""
	for _, h := range page.History {
		verbs += string(h.Verb) + " "
	}
	for _, verb := range []string{"offer_evidence", "edit_evidence", "remove_evidence"} {
		if !strings.Contains(verbs, verb) {
			t.Errorf("the history lacks %s: %s", verb, verbs)
		}
	}
}

func TestOutsideChecksComeFromVerifiersOutsideTheLine(t *testing.T) {
	w := newTown(t, openSQLite(t))
	w.adopted()
	m := w.matterOf(w.edu)
	near := w.person("near", docket.Verifier, "云州市") // above the units of the matter
	_, err := w.send(near, m, "云州市", "现场.jpg", picture(t), 1<<20)
	w.refused("checking one's own line", err, docket.Forbidden, "evidence.same_line")
}

func TestAnUploadOutlivesDropsAndRestarts(t *testing.T) {
	w := newTown(t, openSQLite(t))
	w.adopted()
	ctx, m := t.Context(), w.matterOf(w.edu)
	content := "一季度完成情况：" + strings.Repeat("新增学位。", 1000)
	start := app.NewUpload{Unit: w.unit["市教育局"], Name: "完成情况.txt", Size: int64(len(content)), SHA256: hashOf(content)}
	u, err := w.BeginUpload(ctx, w.edu, m, start)
	w.must(err)
	u, err = w.AppendUpload(ctx, w.edu, m, u.ID, 0, []byte(content[:5000]))
	w.must(err)
	_, err = w.AppendUpload(ctx, w.edu, m, u.ID, 0, []byte(content[:5000])) // the answer was lost, sent again
	w.refused("a piece sent again", err, docket.Conflict, "evidence.offset")
	_, err = w.FinishUpload(ctx, w.edu, m, u.ID, app.EvidenceEdit{})
	w.refused("finishing too early", err, docket.Conflict, "evidence.incomplete")
	_, err = w.AppendUpload(ctx, w.edu, m, u.ID, 5000, nil)
	w.refused("an empty piece", err, docket.Invalid, "evidence.no_piece")
	_, err = w.AppendUpload(ctx, w.edu, m, u.ID, 5000, make([]byte, app.MaxPiece+1))
	w.refused("a huge piece", err, docket.TooLarge, "evidence.piece")
	_, err = w.AppendUpload(ctx, w.edu, m, u.ID, 5000, []byte(content))
	w.refused("more than announced", err, docket.Invalid, "evidence.longer")
	_, err = w.Upload(ctx, w.fin, m, u.ID)
	w.refused("another's upload", err, docket.NotFound, "")

	w.App = w.another() // the server starts anew
	again, err := w.BeginUpload(ctx, w.edu, m, start)
	w.must(err)
	if again.ID != u.ID || again.Offset != 5000 {
		t.Errorf("goes on as %+v, was %+v", again, u)
	}
	_, err = w.AppendUpload(ctx, w.edu, m, u.ID, 5000, []byte(content[5000:]))
	w.must(err)
	e, err := w.FinishUpload(ctx, w.edu, m, u.ID, app.EvidenceEdit{})
	w.must(err)
	if e.SHA256 != hashOf(content) || e.Size != int64(len(content)) {
		t.Errorf("finished: %+v", e)
	}
	_, err = w.FinishUpload(ctx, w.edu, m, u.ID, app.EvidenceEdit{})
	w.refused("finishing twice", err, docket.NotFound, "")
}

// Two windows that send the same piece at once: one of them counts.
func TestPiecesSentTwiceAtOnceCountOnce(t *testing.T) {
	w := newTown(t, openSQLite(t))
	w.adopted()
	ctx, m := t.Context(), w.matterOf(w.edu)
	u, err := w.BeginUpload(ctx, w.edu, m, app.NewUpload{Unit: w.unit["市教育局"], Name: "a.txt", Size: 8})
	w.must(err)
	var wg sync.WaitGroup
	results := make(chan error, 8)
	for range 8 {
		wg.Go(func() {
			_, err := w.AppendUpload(ctx, w.edu, m, u.ID, 0, []byte("abcd"))
			results <- err
		})
	}
	wg.Wait()
	close(results)
	good := 0
	for err := range results {
		if err == nil {
			good++
		} else if !errors.Is(err, docket.Conflict) {
			t.Error(err)
		}
	}
	at, err := w.Upload(ctx, w.edu, m, u.ID)
	w.must(err)
	if good != 1 || at.Offset != 4 {
		t.Errorf("%d pieces were taken, %d bytes have arrived", good, at.Offset)
	}
}

func TestRefusedFilesLeaveNothing(t *testing.T) {
	w := newTown(t, openSQLite(t))
	w.adopted()
	m := w.matterOf(w.edu)
	before := w.keptFiles()
	for _, c := range []struct {
		name, content string
		code          docket.Code
		key           string
	}{
		{"机密★10年 方案.txt", "正文", docket.Classified, "paper.classified"},
		{"方案.txt", "机密★10年\n关于某事的方案", docket.Classified, "paper.classified"},
		{"方案.svg", "<svg>\n机密★10年\n</svg>", docket.Classified, "paper.classified"},
		{"方案.html", "<html><body><p>机密★10年</p><p>方案</p></body></html>", docket.Classified, "paper.classified"},
		{"照片.jpg", "<html><script>alert(1)</script></html>", docket.Invalid, "evidence.mismatch"},
		{"照片.jpg", "MZ\x90\x00\x03\x00", docket.Unsupported, "evidence.program"},
		{"a.bin", "\x00\x01\x02\x03", docket.Unsupported, "evidence.unknown"},
	} {
		_, err := w.send(w.edu, m, "市教育局", c.name, c.content, 10)
		w.refused(c.name, err, c.code, c.key)
		if n := w.keptFiles(); n != before {
			t.Errorf("%s leaves %d files", c.name, n-before)
		}
	}
	w.nothingKept("机密")

	// a file swapped after hashing
	ctx := t.Context()
	u, err := w.BeginUpload(ctx, w.edu, m, app.NewUpload{Unit: w.unit["市教育局"], Name: "a.txt", Size: 4, SHA256: hashOf("abcd")})
	w.must(err)
	_, err = w.AppendUpload(ctx, w.edu, m, u.ID, 0, []byte("abce"))
	w.must(err)
	_, err = w.FinishUpload(ctx, w.edu, m, u.ID, app.EvidenceEdit{})
	w.refused("a file swapped after hashing", err, docket.Invalid, "evidence.swapped")
	if n := w.keptFiles(); n != before {
		t.Errorf("the swapped file leaves %d files", n-before)
	}
	for name, n := range map[string]app.NewUpload{
		"empty": {Name: "a.txt"}, "large": {Name: "a.txt", Size: docket.MaxEvidenceBytes + 1}, "no name": {Size: 1}, "hash": {Name: "a", Size: 1, SHA256: "xyz"},
	} {
		n.Unit = w.unit["市教育局"]
		_, err := w.BeginUpload(ctx, w.edu, m, n)
		var e *docket.Error
		if !errors.As(err, &e) {
			t.Errorf("%s is taken: %v", name, err)
		}
	}
}

func TestUploadsAreBoundedAndExpire(t *testing.T) {
	w := newTown(t, openSQLite(t))
	w.adopted()
	ctx, m := t.Context(), w.matterOf(w.edu)
	before := w.keptFiles()
	begin := func() (app.UploadView, error) {
		return w.BeginUpload(ctx, w.edu, m, app.NewUpload{Unit: w.unit["市教育局"], Name: "a.txt", Size: 8})
	}
	first, err := begin()
	w.must(err)
	_, err = w.AppendUpload(ctx, w.edu, m, first.ID, 0, []byte("abcd"))
	w.must(err)
	for range docket.MaxOpenUploads - 1 {
		_, err := begin()
		w.must(err)
	}
	_, err = begin()
	w.refused("one more", err, docket.TooLarge, "evidence.too_many_uploads")
	w.now = w.now.Add(docket.UploadLife)
	_, err = w.Upload(ctx, w.edu, m, first.ID)
	w.refused("an expired upload", err, docket.NotFound, "")
	last, err := begin()
	w.must(err)
	if n := w.keptFiles(); n != before {
		t.Errorf("expired pieces stay: %d", n-before)
	}
	w.must(w.CancelUpload(ctx, w.edu, m, last.ID))
	_, err = w.Upload(ctx, w.edu, m, last.ID)
	w.refused("a cancelled upload", err, docket.NotFound, "")
}

// A store of files that is full, or away, is told in its sentence; the upload
// can go on when there is room again.
func TestNoRoomForAPiece(t *testing.T) {
	w := newTown(t, openSQLite(t))
	w.adopted()
	ctx, m := t.Context(), w.matterOf(w.edu)
	u, err := w.BeginUpload(ctx, w.edu, m, app.NewUpload{Unit: w.unit["市教育局"], Name: "a.txt", Size: 8})
	w.must(err)
	staged := filepath.Join(w.files, "staged")
	w.must(os.WriteFile(staged, nil, 0o400)) // in the way of the folder
	if _, err := w.AppendUpload(ctx, w.edu, m, u.ID, 0, []byte("abcd")); err == nil {
		t.Fatal("kept where there is no room")
	}
	at, err := w.Upload(ctx, w.edu, m, u.ID)
	w.must(err)
	if at.Offset != 0 {
		t.Errorf("%d bytes count as arrived", at.Offset)
	}
	w.must(os.Remove(staged))
	if at, err = w.AppendUpload(ctx, w.edu, m, u.ID, 0, []byte("abcd")); err != nil || at.Offset != 4 {
		t.Errorf("after making room: %+v, %v", at, err)
	}
}

// slowPages stands for a PDF that takes for ever to draw.
type slowPages struct{}

func (slowPages) Draw(ctx context.Context, _ paper.Source, _, _ int) ([]byte, int, error) {
	return nil, 0, context.DeadlineExceeded
}

func TestAPageThatTakesTooLongSaysSo(t *testing.T) {
	w := newTown(t, openSQLite(t))
	w.adopted()
	w.cfg.Pages = slowPages{}
	w.App = w.another()
	m := w.matterOf(w.edu)
	e, err := w.send(w.edu, m, "市教育局", "a.pdf", "%PDF-1.7\n", 100)
	w.must(err)
	_, err = w.PreviewEvidence(t.Context(), w.edu, m, e.ID)
	w.refused("a slow PDF", err, docket.TooLarge, "preview.too_slow")
	_, err = w.PagePicture(t.Context(), w.edu, m, e.ID, 1, true)
	w.refused("a slow page", err, docket.TooLarge, "preview.too_slow")
}
