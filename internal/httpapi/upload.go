package httpapi

import (
	"bytes"
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
	content, err := readAll(part, r.ContentLength)
	if err != nil {
		return upload{}, unreadable(err)
	}
	return upload{name: label(part), content: content}, nil
}

// readAll reads to the end into one piece of about the announced size, so that
// a large file is not copied while it grows. The claim is a hint, never a limit.
func readAll(r io.Reader, claimed int64) ([]byte, error) {
	var buf bytes.Buffer
	buf.Grow(int(min(max(claimed, 0), maxUpload)) + bytes.MinRead)
	_, err := buf.ReadFrom(r)
	return buf.Bytes(), err
}

// drain reads what a refused upload still sends, up to a bound and within the
// request's deadline. Browsers read an answer only when they have sent all they
// had; without this a file of 200 MB would get a broken connection, not a sentence.
func drain(body io.Reader) {
	_, _ = io.CopyN(io.Discard, body, maxDrained) // the answer stands; more cannot be done
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
