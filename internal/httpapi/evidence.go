package httpapi

import (
	"errors"
	"io"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"

	"github.com/danielgtaylor/huma/v2"
)

type (
	// EvidencePath names a piece of a matter's evidence.
	EvidencePath struct {
		ID       docket.MatterID   `path:"id" minimum:"1"`
		Evidence docket.EvidenceID `path:"eid" minimum:"1"`
	}
	// UploadPath names a file on its way in.
	UploadPath struct {
		ID     docket.MatterID `path:"id" minimum:"1"`
		Upload docket.UploadID `path:"uid" minimum:"1"`
	}
	// NewUpload announces a file.
	NewUpload struct {
		Unit   docket.UnitID `json:"unit" minimum:"1" doc:"For which it is offered"`
		Name   string        `json:"name" maxLength:"400" doc:"A label only"`
		Size   int64         `json:"size" minimum:"1" doc:"Bytes"`
		SHA256 string        `json:"sha256,omitempty" maxLength:"64" doc:"Compared when all has arrived; absent where the sender cannot tell"`
	}
	// EvidenceBody describes a piece of evidence; what is absent stays.
	EvidenceBody struct {
		Kind    *docket.EvidenceKind `json:"kind,omitempty"`
		Caption *string              `json:"caption,omitempty" maxLength:"600"`
		Place   *string              `json:"place,omitempty" maxLength:"600"`
		TakenAt *time.Time           `json:"taken_at,omitempty"`
		Expires *docket.Date         `json:"expires,omitempty"`
	}
	// EvidenceView is a piece of evidence.
	EvidenceView struct {
		app.EvidenceView
		TakenAt time.Time `json:"taken_at,omitzero"`
	}
	// EvidenceList is a matter's evidence and for which units the reader may add.
	EvidenceList struct {
		Items    []EvidenceView `json:"items"`
		OfferFor []app.UnitRef  `json:"offer_for"`
	}
)

func (v EvidenceView) version() int64 { return v.Version }

func wireEvidence(v app.EvidenceView) EvidenceView {
	v.Same = full(v.Same)
	return EvidenceView{EvidenceView: v, TakenAt: v.TakenAt}
}

func (b EvidenceBody) edit() app.EvidenceEdit {
	return app.EvidenceEdit{Kind: b.Kind, Caption: b.Caption, Place: b.Place, TakenAt: b.TakenAt, Expires: b.Expires}
}

func (s *server) evidence(c call, in *MatterPath) (EvidenceList, error) {
	l, err := s.app.Evidence(c, c.actor, in.ID)
	return EvidenceList{Items: each(l.Items, wireEvidence), OfferFor: full(l.OfferFor)}, err
}

func (s *server) editEvidence(c call, in *struct {
	EvidencePath
	Edit
	Body EvidenceBody
}) (EvidenceView, error) {
	seen, err := in.seen()
	if err != nil {
		return EvidenceView{}, err
	}
	v, err := s.app.EditEvidence(c, c.actor, in.ID, in.Evidence, seen, in.Body.edit())
	return wireEvidence(v), err
}

func (s *server) removeEvidence(c call, in *EvidencePath) error {
	return s.app.RemoveEvidence(c, c.actor, in.ID, in.Evidence)
}

// evidenceFile sends the content as what it is not: a file to keep, never a page.
func (s *server) evidenceFile(c call, in *EvidencePath) (*file, error) {
	e, f, err := s.app.EvidenceFile(c, c.actor, in.ID, in.Evidence)
	if err != nil {
		return nil, err
	}
	return keptFile(e.Name, f), nil
}

// keptFile is a file as somebody brought it: to be saved, never to be shown.
func keptFile(name string, f docket.File) *file {
	return &file{name: name, media: "application/octet-stream", size: f.Size(), write: func(w io.Writer) error {
		_, err := io.Copy(w, f)
		return errors.Join(err, f.Close())
	}}
}

// drawnPicture is a picture made by us, the only kind that is shown inline.
func drawnPicture(name string, picture []byte) *file {
	f := wholeFile(name, "image/jpeg", picture)
	f.inline = true
	return f
}

func (s *server) previewEvidence(c call, in *EvidencePath) (app.Preview, error) {
	p, err := s.app.PreviewEvidence(c, c.actor, in.ID, in.Evidence)
	p.Blocks = full(p.Blocks)
	return p, err
}

// evidencePage sends a page as drawn by us.
func (s *server) evidencePage(c call, in *struct {
	EvidencePath
	Page int  `path:"page" minimum:"1" maximum:"5000"`
	Full bool `query:"full" doc:"For reading; small otherwise"`
}) (*file, error) {
	picture, err := s.app.PagePicture(c, c.actor, in.ID, in.Evidence, in.Page, in.Full)
	if err != nil {
		return nil, err
	}
	return drawnPicture("page.jpg", picture), nil
}

func (s *server) beginUpload(c call, in *struct {
	MatterPath
	Body NewUpload
}) (app.UploadView, error) {
	b := in.Body
	return s.app.BeginUpload(c, c.actor, in.ID, app.NewUpload{Unit: b.Unit, Name: b.Name, Size: b.Size, SHA256: b.SHA256})
}

func (s *server) upload(c call, in *UploadPath) (app.UploadView, error) {
	return s.app.Upload(c, c.actor, in.ID, in.Upload)
}

func (s *server) appendUpload(c call, in *struct {
	UploadPath
	Offset int64 `query:"offset" minimum:"0" required:"true" doc:"Of the first byte sent: how many have arrived"`
}) (app.UploadView, error) {
	piece, err := readPiece(c)
	if err != nil {
		return app.UploadView{}, err
	}
	return s.app.AppendUpload(c, c.actor, in.ID, in.Upload, in.Offset, piece)
}

func (s *server) finishUpload(c call, in *struct {
	UploadPath
	Body EvidenceBody
}) (EvidenceView, error) {
	v, err := s.app.FinishUpload(c, c.actor, in.ID, in.Upload, in.Body.edit())
	return wireEvidence(v), err
}

func (s *server) cancelUpload(c call, in *UploadPath) error {
	return s.app.CancelUpload(c, c.actor, in.ID, in.Upload)
}

// readPiece reads one piece and at most a byte more, which tells that it is too long.
func readPiece(c call) ([]byte, error) {
	piece, err := readAll(io.LimitReader(c.request.Body, app.MaxPiece+1), min(c.request.ContentLength, app.MaxPiece))
	if err != nil {
		return nil, unreadable(err)
	}
	return piece, nil
}

// piecewise is a row whose handler reads a piece of a file from the body itself.
func piecewise(r Route) Route {
	r.slow = true
	r.request = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}},
	}}
	return r
}

// lasting marks a row whose work may take as long as an import.
func lasting(r Route) Route { r.slow = true; return r }
