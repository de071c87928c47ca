package httpapi

import (
	"context"
	"errors"
	"net/http"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/words"
)

// Problem is the body of every error: RFC 9457 with the code, the catalogue key
// and the arguments of the sentence, and the fields a person can mend. Detail is
// the same sentence in English for those who have no catalogue.
type Problem struct {
	Type   string              `json:"type" example:"about:blank"`
	Title  string              `json:"title" doc:"The status in words"`
	Status int                 `json:"status"`
	Detail string              `json:"detail"`
	Code   docket.Code         `json:"code"`
	Key    string              `json:"key" doc:"Names a sentence of the message catalogues"`
	Args   map[string]string   `json:"args,omitempty"`
	Fields []docket.FieldError `json:"fields,omitempty"`

	header http.Header // Retry-After and the like
}

func (p *Problem) Error() string { return p.Detail }

// GetStatus, GetHeaders and ContentType are what huma asks of an error.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders gives the headers that go with the error.
func (p *Problem) GetHeaders() http.Header { return p.header }

// ContentType makes application/json application/problem+json.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// statusOf is the one map from codes to statuses. A Conflict is 409; where the
// edit named a version that is stale, the route's helper makes it 412.
var statusOf = map[docket.Code]int{
	docket.Invalid:      http.StatusUnprocessableEntity,
	docket.NotFound:     http.StatusNotFound,
	docket.Forbidden:    http.StatusForbidden,
	docket.Unauthorized: http.StatusUnauthorized,
	docket.Conflict:     http.StatusConflict,
	docket.Classified:   http.StatusUnprocessableEntity,
	docket.Unsupported:  http.StatusUnsupportedMediaType,
	docket.TooLarge:     http.StatusRequestEntityTooLarge,
	docket.RateLimited:  http.StatusTooManyRequests,
	docket.Unavailable:  http.StatusServiceUnavailable,
	docket.Internal:     http.StatusInternalServerError,
}

// problemOf says what the outside gets to see of err. An internal error says no
// more than that; the caller logs it.
func problemOf(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return problem(http.StatusServiceUnavailable, docket.Unavailable, "request.too_slow", nil, nil)
	}
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return problem(http.StatusRequestEntityTooLarge, docket.TooLarge, "request.too_large", map[string]string{"limit": megabytes(tooLarge.Limit)}, nil)
	}
	var e *docket.Error
	code := docket.CodeOf(err)
	if code == docket.Internal || !errors.As(err, &e) {
		key := "error." + string(code)
		return problem(statusOf[code], code, key, nil, nil)
	}
	out := problem(statusOf[code], code, e.Key, e.Args, e.Fields)
	if e.Message != "" {
		out.Detail = e.Message
	}
	if code == docket.RateLimited {
		out.header = http.Header{"Retry-After": {retryAfter(e)}}
	}
	return out
}

func problem(status int, code docket.Code, key string, args map[string]string, fields []docket.FieldError) *Problem {
	return &Problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status, Code: code, Key: key, Args: args, Fields: fields,
		Detail: words.Say("en", key, args),
	}
}

// retryAfter gives the seconds an error names, a minute when it names none.
func retryAfter(e *docket.Error) string {
	if s := e.Args["seconds"]; s != "" {
		return s
	}
	return "60"
}
