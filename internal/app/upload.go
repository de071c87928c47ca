package app

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/preview"
)

// MaxPiece is how many bytes of an upload arrive at once.
const MaxPiece = 4 << 20

// NewUpload announces a file. SHA256 may be empty where the sender cannot tell.
type NewUpload struct {
	Unit   docket.UnitID
	Name   string
	Size   int64
	SHA256 string
}

// UploadView is where an upload stands.
type UploadView struct {
	ID      docket.UploadID `json:"id"`
	Offset  int64           `json:"offset"` // bytes that have arrived: the next piece starts here
	Size    int64           `json:"size"`
	Piece   int             `json:"piece"` // most bytes of a piece
	Expires time.Time       `json:"expires"`
}

func uploadView(u *docket.Upload) UploadView {
	return UploadView{ID: u.ID, Offset: u.Offset(), Size: u.Size, Piece: MaxPiece, Expires: u.Expires}
}

// Uploads are nobody's business but their owner's until they are finished, and
// nothing that others see changes; so, like kept answers, they stand outside
// change and the journal. Permission and the rule are asked each time.

// offering asks whether the actor may offer evidence for unit now, and of which grade.
func (a *App) offering(ctx context.Context, r docket.Reader, actor *docket.Actor, tree *docket.Tree, id docket.MatterID, unit docket.UnitID) (docket.Matter, docket.EvidenceGrade, error) {
	m, err := r.Matter(ctx, actor.Scope(), id)
	if err != nil {
		return m, "", err
	}
	if err := permit(actor, docket.ActOffer, offerSubject(&m, unit)); err != nil {
		return m, "", err
	}
	grade, err := m.OfferGrade(unit, tree)
	return m, grade, err
}

func offerSubject(m *docket.Matter, unit docket.UnitID) docket.Subject {
	s := docket.SubjectOfMatter(m)
	s.For = unit
	return s
}

// BeginUpload announces a file for a matter. An unfinished one of the same name,
// size and hash goes on where it stopped.
func (a *App) BeginUpload(ctx context.Context, actor docket.Actor, id docket.MatterID, n NewUpload) (UploadView, error) {
	if err := allow(&actor, docket.ActOffer); err != nil {
		return UploadView{}, err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return UploadView{}, err
	}
	return a.begin(ctx, n.by(&actor, id), func(r docket.Reader, u *docket.Upload) error {
		_, _, err := a.offering(ctx, r, &actor, pl.tree, id, u.Unit)
		return err
	})
}

func (n NewUpload) by(actor *docket.Actor, id docket.MatterID) docket.Upload {
	return docket.Upload{Matter: id, Unit: n.Unit, By: actor.Person.ID, Name: strings.TrimSpace(n.Name), Size: n.Size, SHA256: n.SHA256}
}

// begin keeps an announcement that may be made, or goes on with one like it.
func (a *App) begin(ctx context.Context, u docket.Upload, may func(docket.Reader, *docket.Upload) error) (UploadView, error) {
	now := a.cfg.Clock()
	var dropped []docket.Upload
	err := a.cfg.Store.Update(ctx, now, func(w docket.Writer) error {
		if err := may(w, &u); err != nil {
			return err
		}
		if err := errors.Join(u.Validate(), paper.GuardName(u.Name)); err != nil {
			return err
		}
		var err error
		if dropped, err = expire(ctx, w, now); err != nil {
			return err
		}
		own, err := w.Uploads(ctx, u.By)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(own, func(o docket.Upload) bool {
			return u.SHA256 != "" && o.SHA256 == u.SHA256 && o.Matter == u.Matter && o.Unit == u.Unit && o.Name == u.Name && o.Size == u.Size
		}); i >= 0 {
			u = own[i]
			return nil
		}
		if len(own) >= docket.MaxOpenUploads {
			most := strconv.Itoa(docket.MaxOpenUploads)
			return docket.Errorf(docket.TooLarge, "evidence.too_many_uploads", "at most "+most+" files can be on their way at once; finish or cancel some first", "limit", most)
		}
		u.ID, u.Version, u.Expires = 0, 0, now.Add(docket.UploadLife)
		return w.PutUpload(ctx, &u)
	})
	if err != nil {
		return UploadView{}, err
	}
	a.unstage(ctx, dropped...)
	return uploadView(&u), nil
}

// maxExpire bounds how many uploads one request clears away.
const maxExpire = 50

func expire(ctx context.Context, w docket.Writer, now time.Time) ([]docket.Upload, error) {
	old, err := w.ExpiredUploads(ctx, now, maxExpire)
	for i := range old {
		if err := w.DeleteUpload(ctx, old[i].ID); err != nil {
			return nil, err
		}
	}
	return old, err
}

// unstage drops pieces of uploads that are gone. That one stays is no fault of
// the act; the log tells.
func (a *App) unstage(ctx context.Context, gone ...docket.Upload) {
	ctx = context.WithoutCancel(ctx)
	for _, u := range gone {
		for _, p := range u.Parts {
			if err := a.cfg.Files.Unstage(ctx, p.Key); err != nil {
				a.log.WarnContext(ctx, "a piece of an upload could not be dropped", "key", p.Key, "err", err)
			}
		}
	}
}

// ownUpload loads the actor's own upload through its matter and their scope.
func (a *App) ownUpload(ctx context.Context, r docket.Reader, actor *docket.Actor, tree *docket.Tree, id docket.MatterID, upload docket.UploadID) (docket.Upload, docket.EvidenceGrade, error) {
	if _, err := r.Matter(ctx, actor.Scope(), id); err != nil {
		return docket.Upload{}, "", err
	}
	u, err := r.Upload(ctx, actor.Person.ID, id, upload)
	if err == nil && !a.cfg.Clock().Before(u.Expires) {
		err = notFound()
	}
	if err != nil {
		return u, "", err
	}
	_, grade, err := a.offering(ctx, r, actor, tree, id, u.Unit)
	return u, grade, err
}

// Upload tells where the actor's own upload stands.
func (a *App) Upload(ctx context.Context, actor docket.Actor, id docket.MatterID, upload docket.UploadID) (UploadView, error) {
	u, _, err := a.viewUpload(ctx, actor, id, upload)
	return uploadView(&u), err
}

func (a *App) viewUpload(ctx context.Context, actor docket.Actor, id docket.MatterID, upload docket.UploadID) (u docket.Upload, grade docket.EvidenceGrade, err error) {
	if err := allow(&actor, docket.ActOffer); err != nil {
		return u, "", err
	}
	pl, err := a.place(ctx)
	if err != nil {
		return u, "", err
	}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		u, grade, err = a.ownUpload(ctx, r, &actor, pl.tree, id, upload)
		return err
	})
	return u, grade, err
}

// AppendUpload takes the piece that starts at offset. A piece from elsewhere is a
// Conflict that names the place to go on from.
func (a *App) AppendUpload(ctx context.Context, actor docket.Actor, id docket.MatterID, upload docket.UploadID, offset int64, piece []byte) (UploadView, error) {
	u, _, err := a.viewUpload(ctx, actor, id, upload)
	if err != nil {
		return UploadView{}, err
	}
	return a.append(ctx, u, offset, piece)
}

// append takes the next piece of an upload that was found to be the actor's.
func (a *App) append(ctx context.Context, u docket.Upload, offset int64, piece []byte) (UploadView, error) {
	if err := fits(&u, offset, int64(len(piece))); err != nil {
		return UploadView{}, err
	}
	part := docket.UploadPart{Key: strings.ToLower(rand.Text()), Size: int64(len(piece))}
	if err := a.cfg.Files.Stage(ctx, part.Key, piece); err != nil {
		return UploadView{}, err
	}
	u.Parts = append(u.Parts, part)
	seen := u
	err := a.cfg.Store.Update(ctx, a.cfg.Clock(), func(w docket.Writer) error {
		u = seen // fn may run twice
		return w.PutUpload(ctx, &u)
	})
	if err != nil {
		a.unstage(ctx, docket.Upload{Parts: []docket.UploadPart{part}})
		return UploadView{}, err
	}
	return uploadView(&u), nil
}

func fits(u *docket.Upload, offset, n int64) error {
	have := strconv.FormatInt(u.Offset(), 10)
	switch {
	case offset != u.Offset():
		return docket.Errorf(docket.Conflict, "evidence.offset", "go on from byte "+have, "offset", have)
	case n == 0:
		return docket.Errorf(docket.Invalid, "evidence.no_piece", "the piece is empty")
	case n > MaxPiece:
		most := strconv.Itoa(MaxPiece >> 20)
		return docket.Errorf(docket.TooLarge, "evidence.piece", "a piece has at most "+most+" MiB", "limit", most)
	case offset+n > u.Size:
		return docket.Errorf(docket.Invalid, "evidence.longer", u.Name+" is longer than announced; it changed while being sent: choose it again", "file", u.Name)
	}
	return nil
}

// CancelUpload drops an upload and its pieces.
func (a *App) CancelUpload(ctx context.Context, actor docket.Actor, id docket.MatterID, upload docket.UploadID) error {
	u, _, err := a.viewUpload(ctx, actor, id, upload)
	if err != nil {
		return err
	}
	return a.dropUpload(ctx, u)
}

func (a *App) dropUpload(ctx context.Context, u docket.Upload) error {
	ctx = context.WithoutCancel(ctx)
	err := a.cfg.Store.Update(ctx, a.cfg.Clock(), func(w docket.Writer) error { return w.DeleteUpload(ctx, u.ID) })
	if err == nil || errors.Is(err, docket.NotFound) {
		a.unstage(ctx, u)
		return nil
	}
	return err
}

// FinishUpload makes evidence of a whole upload: its hash is compared with the
// one announced, its content decides what it is, and the guard for classified
// papers reads its name and, where it has text, its text. A file that is refused
// leaves nothing behind.
func (a *App) FinishUpload(ctx context.Context, actor docket.Actor, id docket.MatterID, upload docket.UploadID, e EvidenceEdit) (EvidenceView, error) {
	u, grade, err := a.viewUpload(ctx, actor, id, upload)
	if err != nil {
		return EvidenceView{}, err
	}
	if u.Offset() != u.Size {
		have, size := strconv.FormatInt(u.Offset(), 10), strconv.FormatInt(u.Size, 10)
		return EvidenceView{}, docket.Errorf(docket.Conflict, "evidence.incomplete", u.Name+": "+have+" of "+size+" bytes have arrived; send the rest first", "file", u.Name, "have", have, "size", size)
	}
	release, err := a.shown.turn(ctx)
	if err != nil {
		return EvidenceView{}, err
	}
	defer release()
	content, sum, err := a.gather(ctx, &u)
	if err != nil {
		return EvidenceView{}, err
	}
	form, err := a.judge(ctx, &u, content, sum)
	if err != nil {
		if c := docket.CodeOf(err); c != docket.Internal && c != docket.Unavailable {
			err = errors.Join(err, a.dropUpload(ctx, u))
		}
		return EvidenceView{}, err
	}
	ev := docket.Evidence{Matter: id, Unit: u.Unit, Kind: form.Kind, Grade: grade, Name: u.Name, Media: form.Media, Size: u.Size, SHA256: sum, By: actor.Person.ID}
	e.apply(&ev)
	if err := ev.Validate(a.cfg.Clock()); err != nil {
		return EvidenceView{}, err
	}
	if _, _, err := a.cfg.Files.Put(ctx, bytes.NewReader(content)); err != nil {
		return EvidenceView{}, err
	}
	return a.offer(ctx, actor, u, ev)
}

// gather reads the pieces of an upload into one content.
func (a *App) gather(ctx context.Context, u *docket.Upload) ([]byte, string, error) {
	content := bytes.NewBuffer(make([]byte, 0, u.Size))
	for _, p := range u.Parts {
		r, err := a.cfg.Files.Staged(ctx, p.Key)
		if err != nil {
			return nil, "", err
		}
		_, err = io.Copy(content, io.LimitReader(r, p.Size))
		if err = errors.Join(err, r.Close()); err != nil {
			return nil, "", err
		}
	}
	sum := sha256.Sum256(content.Bytes())
	return content.Bytes(), hex.EncodeToString(sum[:]), nil
}

// announced refuses a content that is not the one the upload was begun for.
func announced(u *docket.Upload, content []byte, sum string) error {
	if int64(len(content)) != u.Size || u.SHA256 != "" && u.SHA256 != sum {
		return swapped(u)
	}
	return nil
}

func swapped(u *docket.Upload) error {
	return docket.Errorf(docket.Invalid, "evidence.swapped", u.Name+" is not the file that was announced: it changed after it was hashed; choose it again", "file", u.Name)
}

// judgeWithin bounds the reading of an upload for its guard.
const judgeWithin = 45 * time.Second

// judge tells what a whole upload is, or why it is refused.
func (a *App) judge(ctx context.Context, u *docket.Upload, content []byte, sum string) (preview.Form, error) {
	if err := announced(u, content, sum); err != nil {
		return preview.Form{}, err
	}
	src := paper.Bytes(u.Name, content)
	form, err := preview.Sniff(src)
	if err != nil {
		return form, err
	}
	within, cancel := context.WithTimeout(ctx, judgeWithin)
	defer cancel()
	limits := a.cfg.Limits
	limits.FileBytes = docket.MaxEvidenceBytes
	// What cannot be read as text (a photo, a scan) has none to guard.
	if _, err := a.cfg.Readers.Read(within, src, limits); errors.Is(err, docket.Classified) || ctx.Err() != nil {
		return form, err
	}
	if strings.HasPrefix(form.Media, "text/") || form.Media == "image/svg+xml" {
		return form, paper.GuardText(string(content))
	}
	return form, nil
}
