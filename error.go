package docket

import "errors"

// Code says what kind of error happened. A Code is itself an error, so callers
// ask errors.Is(err, docket.NotFound).
type Code string

// The codes. One function in httpapi maps them to HTTP statuses, one in
// cmd/docket to exit statuses.
const (
	Invalid      Code = "invalid"      // a field, row or page is wrong; Fields says which
	NotFound     Code = "not_found"    // absent, or outside the reader's scope: the two look the same
	Forbidden    Code = "forbidden"    // visible, but this act is not the actor's
	Unauthorized Code = "unauthorized" // nobody is signed in
	Conflict     Code = "conflict"     // somebody else changed it first, or the state does not allow it
	Classified   Code = "classified"   // the text or file bears a secrecy mark; nothing of it is kept
	Unsupported  Code = "unsupported"  // a format that is not read; the message names the way to convert it
	TooLarge     Code = "too_large"    // over a stated limit
	RateLimited  Code = "rate_limited" // too many tries; come back later
	Unavailable  Code = "unavailable"  // disk full, data directory read-only, database away: nothing was changed
	Internal     Code = "internal"     // our fault
)

func (c Code) Error() string { return string(c) }

// Error is the one error type people get to see. Key names a sentence of the
// message catalogues (the screens and the CLI translate it with Args); Message
// is the same sentence in plain English for logs and API users.
type Error struct {
	Code    Code
	Key     string            // e.g. "paper.encrypted"; stable
	Args    map[string]string // values the sentence names: file, page, row, limit …
	Message string
	Fields  []FieldError
	Err     error // cause, never shown
}

// FieldError ties one fault to the place a person can mend it.
type FieldError struct {
	Field   string            `json:"field"` // path in the request ("rows[3].due") or place in a file ("row 12")
	Key     string            `json:"key"`
	Args    map[string]string `json:"args,omitempty"`
	Message string            `json:"message"`
}

func (e *Error) Error() string {
	if e.Err != nil {
		return e.Message + ": " + e.Err.Error()
	}
	return e.Message
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is makes every Error match its Code.
func (e *Error) Is(target error) bool { c, ok := target.(Code); return ok && c == e.Code }

// Errorf builds an Error from a code, a catalogue key, the English sentence and
// pairs of argument names and values.
func Errorf(code Code, key, message string, args ...string) *Error {
	e := &Error{Code: code, Key: key, Message: message}
	if len(args) > 0 {
		e.Args = make(map[string]string, len(args)/2)
		for i := 0; i+1 < len(args); i += 2 {
			e.Args[args[i]] = args[i+1]
		}
	}
	return e
}

// CodeOf returns the code of err: that of the first Error in its chain, else Internal.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	var c Code
	if errors.As(err, &c) {
		return c
	}
	return Internal
}
