package httpapi

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/words"

	"github.com/danielgtaylor/huma/v2"
)

// huma checks requests against the document before a handler runs and words its
// faults in English. Here they become fields with keys, so that a screen can
// show them in the reader's language beside the place to mend.

// adjustHuma sets huma's package-wide choices once: problems of ours, and lists
// that are never null.
var adjustHuma = sync.OnceFunc(func() {
	huma.NewError = refusal
	huma.DefaultArrayNullable = false
})

// refusal is the problem for a request that huma refused.
func refusal(status int, message string, faults ...error) huma.StatusError {
	switch status {
	case http.StatusRequestEntityTooLarge:
		return problem(status, docket.TooLarge, "request.too_large", map[string]string{"limit": megabytes(maxBody)}, nil)
	case http.StatusUnsupportedMediaType, http.StatusNotAcceptable:
		return problem(status, docket.Unsupported, "request.media", nil, nil)
	case http.StatusRequestTimeout:
		return problem(status, docket.Unavailable, "request.too_slow", nil, nil)
	case http.StatusBadRequest:
		return problem(status, docket.Invalid, "request.unreadable", nil, nil)
	case http.StatusUnprocessableEntity:
	default:
		return problem(http.StatusInternalServerError, docket.Internal, "error.internal", nil, nil)
	}
	var fields []docket.FieldError
	for _, f := range faults {
		d, ok := f.(huma.ErrorDetailer)
		if !ok {
			fields = append(fields, field("body", "request.unreadable_value", nil))
			continue
		}
		detail := d.ErrorDetail()
		if strings.HasPrefix(detail.Location, "path.") { // an id that is no id names nothing
			return problem(http.StatusNotFound, docket.NotFound, "error.not_found", nil, nil)
		}
		fields = append(fields, fieldOf(detail.Location, detail.Message))
	}
	return problem(status, docket.Invalid, "request.invalid", nil, fields)
}

func field(name, key string, args map[string]string) docket.FieldError {
	return docket.FieldError{Field: name, Key: key, Args: args, Message: words.Say("en", key, args)}
}

// faults are huma's sentences with the key and the argument they carry.
var faults = []struct {
	says *regexp.Regexp
	key  string
	arg  string
}{
	{regexp.MustCompile(`^unexpected property$|^unknown query parameter$`), "request.unknown_field", ""},
	{regexp.MustCompile(`^expected required property (.+) to be present$`), "field.required", "+"},
	{regexp.MustCompile(`parameter is missing$`), "field.required", ""},
	{regexp.MustCompile(`^expected length <= (\d+)$`), "field.too_long", "max"},
	{regexp.MustCompile(`^expected length >= (\d+)$`), "request.too_short", "min"},
	{regexp.MustCompile(`^expected value to be one of`), "query.unknown_value", ""},
	{regexp.MustCompile(`^expected number >=? ?(.+)$`), "request.too_small", "min"},
	{regexp.MustCompile(`^expected number <=? ?(.+)$`), "request.too_big", "max"},
	{regexp.MustCompile(`^expected array length <= (\d+)$`), "request.too_many", "max"},
	{regexp.MustCompile(`^expected array length >= (\d+)$`), "request.too_few", "min"},
	{regexp.MustCompile(`^expected string to be a day`), "request.date", ""},
}

// fieldOf turns one of huma's faults into a field; a missing property is named itself.
func fieldOf(location, message string) docket.FieldError {
	where, name, _ := strings.Cut(location, ".") // body, query, header
	if name == "" {
		name = where
	}
	for _, f := range faults {
		m := f.says.FindStringSubmatch(message)
		switch {
		case m == nil:
		case f.arg == "+":
			if name == "body" {
				return field(m[1], f.key, nil)
			}
			return field(name+"."+m[1], f.key, nil)
		case f.arg != "":
			return field(name, f.key, map[string]string{f.arg: m[1]})
		default:
			return field(name, f.key, nil)
		}
	}
	return field(name, "request.unreadable_value", nil)
}

// megabytes words a limit as people do: "1 MB".
func megabytes(n int64) string { return strconv.FormatInt(n>>20, 10) + " MB" }
