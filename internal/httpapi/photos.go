package httpapi

import (
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

type (
	// PhotoPath names a photo of a verification.
	PhotoPath struct {
		ID           docket.MatterID       `path:"id" minimum:"1"`
		Verification docket.VerificationID `path:"vid" minimum:"1"`
		N            int                   `path:"n" minimum:"1" maximum:"100" doc:"From 1, as they were filed"`
	}
	// NewPhoto announces a photo of a verification to be filed.
	NewPhoto struct {
		Name   string `json:"name" maxLength:"400" doc:"A label only"`
		Size   int64  `json:"size" minimum:"1" doc:"Bytes"`
		SHA256 string `json:"sha256" minLength:"64" maxLength:"64" doc:"Names the photo in the form, and is compared when it is filed"`
	}
	// PhotoBody names a photo that has arrived, and tells when and where it was taken.
	PhotoBody struct {
		SHA256  string             `json:"sha256" maxLength:"64"`
		Source  docket.PhotoSource `json:"source"`
		TakenAt time.Time          `json:"taken_at,omitzero" doc:"Absent: not known"`
		TimeBy  docket.PhotoTeller `json:"time_by,omitempty" doc:"Who tells the time; of a chosen picture only the picture can"`
		Where   *docket.Spot       `json:"where,omitempty" doc:"Absent: not given"`
		WhereBy docket.PhotoTeller `json:"where_by,omitempty"`
	}
	// PhotoView is a photo of a verification.
	PhotoView struct {
		docket.Photo
		TakenAt time.Time `json:"taken_at,omitzero"`
		Apart   bool      `json:"apart" doc:"Taken more than a day from the visit"`
	}
)

func (b PhotoBody) photo() docket.Photo {
	return docket.Photo{SHA256: b.SHA256, Source: b.Source, TakenAt: b.TakenAt, TimeBy: b.TimeBy, Where: b.Where, WhereBy: b.WhereBy}
}

func (s *server) beginPhoto(c call, in *struct {
	MatterPath
	Body NewPhoto
}) (app.UploadView, error) {
	return s.app.BeginPhoto(c, c.actor, in.ID, app.NewUpload{Name: in.Body.Name, Size: in.Body.Size, SHA256: in.Body.SHA256})
}

func (s *server) appendPhoto(c call, in *struct {
	UploadPath
	Offset int64 `query:"offset" minimum:"0" required:"true" doc:"Of the first byte sent: how many have arrived"`
}) (app.UploadView, error) {
	piece, err := readPiece(c)
	if err != nil {
		return app.UploadView{}, err
	}
	return s.app.AppendPhoto(c, c.actor, in.ID, in.Upload, in.Offset, piece)
}

func (s *server) dropPhoto(c call, in *UploadPath) error {
	return s.app.DropPhoto(c, c.actor, in.ID, in.Upload)
}

// photoFile sends the photo to be kept as a file.
func (s *server) photoFile(c call, in *PhotoPath) (*file, error) {
	p, f, err := s.app.Photo(c, c.actor, in.ID, in.Verification, in.N)
	if err != nil {
		return nil, err
	}
	return keptFile(p.Name, f), nil
}

// photoPicture sends the photo as drawn by us.
func (s *server) photoPicture(c call, in *struct {
	PhotoPath
	Full bool `query:"full" doc:"For looking at; small otherwise"`
}) (*file, error) {
	picture, err := s.app.PhotoPicture(c, c.actor, in.ID, in.Verification, in.N, in.Full)
	if err != nil {
		return nil, err
	}
	return drawnPicture("photo.jpg", picture), nil
}
