package httpapi

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"path"
	"strings"

	docket "github.com/docket-os/docket"

	"github.com/danielgtaylor/huma/v2"
)

// upload is one file read whole: at most maxUpload bytes, measured while
// reading, never put on disk. Its name is a label only.
type upload struct {
	name    string
	content []byte
	pasted  bool
}

// uploadBody is the request body as the document shows it.
func uploadBody() *huma.RequestBody {
	pasted := &huma.Schema{
		Type: huma.TypeObject, Required: []string{"text"}, AdditionalProperties: false,
		Properties: map[string]*huma.Schema{"text": {Type: huma.TypeString}, "title": {Type: huma.TypeString}},
	}
	form := &huma.Schema{
		Type: huma.TypeObject, Required: []string{"file"},
		Properties: map[string]*huma.Schema{"file": {Type: huma.TypeString, Format: "binary"}},
	}
	return &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"multipart/form-data": {Schema: form},
		"application/json":    {Schema: pasted},
	}}
}

// readUpload reads the file of a form, or pasted text sent as JSON.
func readUpload(r *http.Request) (upload, error) {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err == nil && media == "multipart/form-data":
		return readForm(r)
	case err == nil && media == "application/json":
		return readPasted(r)
	}
	return upload{}, problem(http.StatusUnsupportedMediaType, docket.Unsupported, "request.media", nil, nil)
}

// readForm takes the part called file; other parts are refused rather than
// passed over, so that a misnamed field is noticed.
func readForm(r *http.Request) (upload, error) {
	form, err := r.MultipartReader()
	if err != nil {
		return upload{}, unreadable(err)
	}
	part, err := form.NextPart()
	if errors.Is(err, io.EOF) {
		return upload{}, missing("file")
	}
	if err != nil {
		return upload{}, unreadable(err)
	}
	defer func() { _ = part.Close() }() // reading is over; nothing can be lost
	if part.FormName() != "file" || part.FileName() == "" {
		return upload{}, missing("file")
	}
	content, err := io.ReadAll(part)
	if err != nil {
		return upload{}, unreadable(err)
	}
	return upload{name: label(part), content: content}, nil
}

// label is the file's name as a person gave it, without any folders.
func label(part *multipart.Part) string {
	name := strings.ToValidUTF8(part.FileName(), "�")
	return path.Base(strings.ReplaceAll(name, `\`, "/"))
}

func readPasted(r *http.Request) (upload, error) {
	var p PastedText
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return upload{}, unreadable(err)
	}
	if strings.TrimSpace(p.Text) == "" {
		return upload{}, missing("text")
	}
	return upload{name: p.Title, content: []byte(p.Text), pasted: true}, nil
}

// unreadable blames the request, except where it went over the limit or the
// deadline passed, which problemOf tells apart.
func unreadable(err error) error {
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return err
	}
	return problem(http.StatusBadRequest, docket.Invalid, "request.unreadable", nil, nil)
}

func missing(name string) error {
	return problem(http.StatusUnprocessableEntity, docket.Invalid, "request.invalid", nil, []docket.FieldError{field(name, "field.required", nil)})
}
