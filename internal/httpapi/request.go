package httpapi

import (
	"net/http"
	"strconv"
	"strings"

	docket "github.com/docket-os/docket"

	"github.com/danielgtaylor/huma/v2"
)

// Edit is part of every request that changes a noun people edit side by side.
type Edit struct {
	IfMatch string `header:"If-Match" doc:"The ETag of the version that was seen, in quotes"`
}

// seen returns the version named by If-Match: without one 428, so that nobody
// overwrites unseen.
func (e Edit) seen() (int64, error) {
	if e.IfMatch == "" {
		return 0, problem(http.StatusPreconditionRequired, docket.Invalid, "request.if_match", nil, nil)
	}
	v, err := strconv.ParseInt(strings.Trim(strings.TrimPrefix(e.IfMatch, "W/"), `"`), 10, 64)
	if err != nil || v <= 0 {
		return 0, problem(http.StatusPreconditionFailed, docket.Conflict, "error.conflict", nil, nil)
	}
	return v, nil
}

// etag writes a version as the ETag that seen reads.
func etag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// day is a date in a query.
type day string

// Schema makes a day look in the document as dates do in bodies.
func (day) Schema(r huma.Registry) *huma.Schema { return dateWord("").Schema(r) }

// date reads the day; name is the field to blame.
func (d day) date(name string) (docket.Date, error) {
	on, err := docket.ParseDate(string(d))
	if err != nil {
		return 0, problem(http.StatusUnprocessableEntity, docket.Invalid, "request.invalid", nil, []docket.FieldError{field(name, "request.date", nil)})
	}
	return on, nil
}

// The ids that patterns carry. They are exported because huma reads embedded
// fields only of exported types.
type (
	// UnitPath names a unit.
	UnitPath struct {
		ID docket.UnitID `path:"id" minimum:"1"`
	}
	// PersonPath names a person.
	PersonPath struct {
		ID docket.PersonID `path:"id" minimum:"1"`
	}
	// PostPath names a post.
	PostPath struct {
		ID docket.PostID `path:"id" minimum:"1"`
	}
	// DirectivePath names a directive.
	DirectivePath struct {
		ID docket.DirectiveID `path:"id" minimum:"1"`
	}
	// MatterPath names a matter.
	MatterPath struct {
		ID docket.MatterID `path:"id" minimum:"1"`
	}
	// PartPath names something that belongs to a matter: a report, a request, an instruction.
	PartPath struct {
		ID  docket.MatterID `path:"id" minimum:"1"`
		RID int64           `path:"rid" minimum:"1"`
	}
	// RoundPath names a round of reports.
	RoundPath struct {
		ID docket.RoundID `path:"id" minimum:"1"`
	}
	// ViewPath names a saved view.
	ViewPath struct {
		ID docket.ViewID `path:"id" minimum:"1"`
	}
)

// asks is a request with a body.
type asks[B any] struct {
	Body B
}

// unitEdit, and those below, are requests that change one noun.
type unitEdit[B any] struct {
	UnitPath
	Edit
	Body B
}

type directiveEdit[B any] struct {
	DirectivePath
	Edit
	Body B
}
