package app

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strconv"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/preview"
)

// Photos of a verification come in as uploads of the verifier's, for the body
// that supervises the matter. They become photos in the change that files the
// form, all of them or none, so nothing of a form is ever half there. The form
// names them by their hash: sent again, it is the same form.

// verifying asks whether the actor may verify the matter as it stands.
func (a *App) verifying(ctx context.Context, r docket.Reader, actor *docket.Actor, id docket.MatterID) (docket.Matter, error) {
	m, err := r.Matter(ctx, actor.Scope(), id)
	if err != nil {
		return m, err
	}
	said, err := r.MatterReports(ctx, id)
	if err != nil {
		return m, err
	}
	subject := docket.SubjectOfMatter(&m)
	if _, subject.Hands, err = a.factsOf(ctx, r, &m, said, nil); err != nil {
		return m, err
	}
	return m, permit(actor, docket.ActVerify, subject)
}

// BeginPhoto announces a photo of a verification to be filed. An unfinished one
// of the same name, size and hash goes on where it stopped.
func (a *App) BeginPhoto(ctx context.Context, actor docket.Actor, id docket.MatterID, n NewUpload) (UploadView, error) {
	if err := allow(&actor, docket.ActVerify); err != nil {
		return UploadView{}, err
	}
	return a.begin(ctx, n.by(&actor, id), func(r docket.Reader, u *docket.Upload) error {
		m, err := a.verifying(ctx, r, &actor, id)
		if err != nil {
			return err
		}
		u.Unit = m.Owner
		return photoFits(u)
	})
}

func photoFits(u *docket.Upload) error {
	switch {
	case u.SHA256 == "":
		return &docket.Error{Code: docket.Invalid, Key: "evidence.invalid", Message: "a photo is named by its hash", Fields: []docket.FieldError{
			{Field: "sha256", Key: "evidence.sha256", Message: "a SHA-256 is 64 lower-case hexadecimals"}}}
	case u.Size > docket.MaxPhotoBytes:
		mb := strconv.Itoa(docket.MaxPhotoBytes >> 20)
		return docket.Errorf(docket.TooLarge, "verification.photo_large", u.Name+" is larger than "+mb+" MiB; make it smaller", "file", u.Name, "limit", mb)
	}
	return nil
}

// AppendPhoto takes the piece that starts at offset.
func (a *App) AppendPhoto(ctx context.Context, actor docket.Actor, id docket.MatterID, upload docket.UploadID, offset int64, piece []byte) (UploadView, error) {
	u, err := a.ownPhoto(ctx, &actor, id, upload)
	if err != nil {
		return UploadView{}, err
	}
	return a.append(ctx, u, offset, piece)
}

// DropPhoto drops a photo that no form has filed.
func (a *App) DropPhoto(ctx context.Context, actor docket.Actor, id docket.MatterID, upload docket.UploadID) error {
	u, err := a.ownPhoto(ctx, &actor, id, upload)
	if err != nil {
		return err
	}
	return a.dropUpload(ctx, u)
}

func (a *App) ownPhoto(ctx context.Context, actor *docket.Actor, id docket.MatterID, upload docket.UploadID) (u docket.Upload, err error) {
	if err := allow(actor, docket.ActVerify); err != nil {
		return u, err
	}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		m, err := a.verifying(ctx, r, actor, id)
		if err != nil {
			return err
		}
		u, err = r.Upload(ctx, actor.Person.ID, id, upload)
		if err == nil && (u.Unit != m.Owner || !a.cfg.Clock().Before(u.Expires)) {
			err = notFound()
		}
		return err
	})
	return u, err
}

// develop brings in what a form names as its photos: each must have arrived
// whole, be what was announced, and be a picture that we can draw. It is done
// before the change, since it reads files; a form with a fault keeps nothing.
func (a *App) develop(ctx context.Context, actor *docket.Actor, id docket.MatterID, v *docket.Verification) ([]docket.Upload, error) {
	if len(v.Photos) == 0 {
		return nil, nil
	}
	ups, err := a.arrived(ctx, actor, id, v)
	if err != nil || ups == nil {
		return nil, err
	}
	release, err := a.shown.turn(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	var faults []docket.FieldError
	for i := range ups {
		err := a.judgePhoto(ctx, &ups[i], &v.Photos[i])
		if e := (*docket.Error)(nil); errors.As(err, &e) && e.Code != docket.Internal && e.Code != docket.Unavailable {
			faults = append(faults, docket.FieldError{Field: docket.PhotoField(i), Key: e.Key, Args: e.Args, Message: e.Message})
			err = a.dropUpload(ctx, ups[i])
		}
		if err != nil {
			return nil, err
		}
	}
	if len(faults) > 0 {
		return nil, &docket.Error{Code: docket.Invalid, Key: "verification.photos", Message: "some photos cannot be taken", Fields: faults}
	}
	for i := range ups {
		if err := a.keepPhoto(ctx, &ups[i]); err != nil {
			return nil, err
		}
	}
	return ups, nil
}

// arrived finds the uploads that a form names, in its order; none for a form
// that has been filed. Who may, and what the form says, is asked first.
func (a *App) arrived(ctx context.Context, actor *docket.Actor, id docket.MatterID, v *docket.Verification) (ups []docket.Upload, err error) {
	if err := allow(actor, docket.ActVerify); err != nil {
		return nil, err
	}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		ups = nil
		m, err := a.verifying(ctx, r, actor, id)
		if err != nil {
			return err
		}
		seen, err := r.MatterVerifications(ctx, id)
		if err != nil || filed(seen, v.Key, actor.Person.ID) {
			return err
		}
		if err := errors.Join(verifiable(&m), sound(v, a.cfg.Clock())); err != nil {
			return err
		}
		own, err := r.Uploads(ctx, actor.Person.ID)
		if err != nil {
			return err
		}
		var missing []docket.FieldError
		for i, p := range v.Photos {
			at := slices.IndexFunc(own, func(u docket.Upload) bool {
				return u.Matter == id && u.Unit == m.Owner && u.SHA256 == p.SHA256 && u.Offset() == u.Size && a.cfg.Clock().Before(u.Expires)
			})
			if at < 0 {
				missing = append(missing, docket.FieldError{Field: docket.PhotoField(i), Key: "verification.photo_not_here", Args: map[string]string{"n": strconv.Itoa(i + 1)}, Message: "this photo has not arrived"})
				continue
			}
			ups = append(ups, own[at])
		}
		if len(missing) > 0 {
			return photosMissing(missing...)
		}
		return nil
	})
	return ups, err
}

// photosMissing asks the sender to send photos first; the form itself stands.
func photosMissing(f ...docket.FieldError) error {
	return &docket.Error{Code: docket.Conflict, Key: "verification.photos_missing", Message: "photos of the form have not arrived; send them first", Fields: f}
}

// judgePhoto tells what an upload is as a photo. That it can be drawn small
// proves that readers will see it.
func (a *App) judgePhoto(ctx context.Context, u *docket.Upload, p *docket.Photo) error {
	content, sum, err := a.gather(ctx, u)
	if err != nil {
		return err
	}
	if err := announced(u, content, sum); err != nil {
		return err
	}
	form, err := preview.Sniff(paper.Bytes(u.Name, content))
	if err != nil {
		return err
	}
	if !docket.IsPhoto(form.Media) {
		return docket.Errorf(docket.Unsupported, "verification.not_a_photo", u.Name+" is no photo: JPEG, PNG and WebP are taken", "file", u.Name)
	}
	small, err := preview.Picture(bytes.NewReader(content), u.Name, thumbEdge)
	if err != nil {
		return err
	}
	a.shown.put(drawn{sum, 1, thumbEdge}, small)
	p.Name, p.Media, p.Size = u.Name, form.Media, u.Size
	return nil
}

func (a *App) keepPhoto(ctx context.Context, u *docket.Upload) error {
	content, _, err := a.gather(ctx, u)
	if err != nil {
		return err
	}
	sum, _, err := a.cfg.Files.Put(ctx, bytes.NewReader(content))
	if err == nil && sum != u.SHA256 { // its pieces changed under our hands
		err = swapped(u)
	}
	return err
}

// Photo opens the n-th photo (from 1) of a verification. The caller closes it.
func (a *App) Photo(ctx context.Context, actor docket.Actor, id docket.MatterID, v docket.VerificationID, n int) (p docket.Photo, f docket.File, err error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return p, nil, err
	}
	err = a.cfg.Store.View(ctx, func(r docket.Reader) error {
		if _, err := r.Matter(ctx, actor.Scope(), id); err != nil {
			return err
		}
		all, err := r.MatterVerifications(ctx, id)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(x docket.Verification) bool { return x.ID == v })
		if at < 0 || n < 1 || n > len(all[at].Photos) {
			return notFound()
		}
		p = all[at].Photos[n-1]
		return nil
	})
	if err != nil {
		return p, nil, err
	}
	f, err = a.cfg.Files.Open(ctx, p.SHA256)
	return p, f, err
}

// PhotoPicture draws a photo anew as a JPEG, small or full: nothing but the
// picture leaves with it.
func (a *App) PhotoPicture(ctx context.Context, actor docket.Actor, id docket.MatterID, v docket.VerificationID, n int, full bool) ([]byte, error) {
	p, f, err := a.Photo(ctx, actor, id, v, n)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return a.drawPage(ctx, &docket.Evidence{SHA256: p.SHA256, Name: p.Name, Media: p.Media}, f, 1, full)
}
