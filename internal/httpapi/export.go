package httpapi

import (
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/words"
)

// Media types of the exports.
const (
	mediaXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	mediaCSV  = "text/csv; charset=utf-8"
)

// exportIn is the ledger's query with the columns to write.
type exportIn struct {
	Filter
	Columns []string `query:"columns" maxItems:"40" doc:"Comma separated, in order; the usual ones when absent"`
}

// column is one column of the ledger as a file. Its heading is the sentence
// ledger.column.NAME of the catalogues.
type column struct {
	name  string
	width float64 // in characters, for workbooks
	cell  func(app.LedgerRow, string) string
}

// columns are all there are, in the order the office knows its ledger by.
var columns = []column{
	{"no", 12, func(r app.LedgerRow, _ string) string { return r.No }},
	{"title", 40, func(r app.LedgerRow, _ string) string { return r.Title }},
	{"requirement", 60, func(r app.LedgerRow, _ string) string { return r.Requirement }},
	{"source", 30, func(r app.LedgerRow, _ string) string {
		return strings.TrimSpace(r.DirectiveNumber + " " + r.DirectiveTitle)
	}},
	{"clause", 10, func(r app.LedgerRow, _ string) string { return r.ClauseLabel }},
	{"leads", 24, func(r app.LedgerRow, lang string) string { return unitNames(r.Leads, lang) }},
	{"supports", 30, func(r app.LedgerRow, lang string) string { return unitNames(r.Supports, lang) }},
	{"several", 30, func(r app.LedgerRow, lang string) string { return unitNames(r.Several, lang) }},
	{"status", 10, func(r app.LedgerRow, lang string) string {
		return words.Say(lang, "ledger.status."+string(r.Status), nil)
	}},
	{"lamp", 12, func(r app.LedgerRow, lang string) string { return words.Say(lang, "ledger.lamp."+string(r.Lamp), nil) }},
	{"reason", 30, func(r app.LedgerRow, lang string) string { return words.Say(lang, r.Reason.Key, r.Reason.Args) }},
	{"due", 12, func(r app.LedgerRow, _ string) string { return r.Due.String() }},
	{"first_due", 12, func(r app.LedgerRow, _ string) string { return r.FirstDue.String() }},
	{"review_on", 12, func(r app.LedgerRow, _ string) string { return r.ReviewOn.String() }},
	{"overdue_days", 10, func(r app.LedgerRow, _ string) string { return positive(r.OverdueDays) }},
}

// usual are the columns of an export that names none.
var usual = []string{"no", "requirement", "source", "clause", "leads", "supports", "several", "due", "status", "lamp", "reason"}

func unitNames(units []app.LedgerUnit, lang string) string {
	names := each(units, func(u app.LedgerUnit) string { return u.Name })
	if lang == "zh" {
		return strings.Join(names, "、")
	}
	return strings.Join(names, ", ")
}

func positive(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// chosen finds the columns of those names.
func chosen(names []string) ([]column, error) {
	if len(names) == 0 {
		names = usual
	}
	out := make([]column, 0, len(names))
	for _, name := range names {
		i := slices.IndexFunc(columns, func(c column) bool { return c.name == name })
		if i < 0 {
			return nil, problem(http.StatusUnprocessableEntity, docket.Invalid, "request.invalid", nil, []docket.FieldError{field("columns", "query.unknown_value", nil)})
		}
		out = append(out, columns[i])
	}
	return out, nil
}

// exported prepares an export: what can be refused is refused here, before the
// file begins.
func (s *server) exported(c call, in *exportIn, extension, media string, write func(io.Writer, sheet) error) (*file, error) {
	q, err := in.query()
	if err != nil {
		return nil, err
	}
	cols, err := chosen(in.Columns)
	if err != nil {
		return nil, err
	}
	lang := c.actor.Person.Lang
	sh := sheet{title: words.Say(lang, "ledger.title", nil), columns: cols, lang: lang}
	next, stop := pull(s.app.LedgerRows(c, c.actor, q, app.As(in.As)))
	first, err, ok := next()
	if err != nil {
		stop()
		return nil, err
	}
	sh.rows = resumed(first, ok, next)
	return &file{name: sh.title + extension, media: media, write: func(w io.Writer) error {
		defer stop()
		return write(w, sh)
	}}, nil
}

func (s *server) ledgerXLSX(c call, in *exportIn) (*file, error) {
	return s.exported(c, in, ".xlsx", mediaXLSX, writeWorkbook)
}

func (s *server) ledgerCSV(c call, in *exportIn) (*file, error) {
	return s.exported(c, in, ".csv", mediaCSV, writeCSV)
}
