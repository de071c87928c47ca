package httpapi

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/measure"
	"github.com/docket-os/docket/internal/words"
)

// JournalFilter is a query of the journal as an address carries it.
type JournalFilter struct {
	Matter string          `query:"matter" maxLength:"40" doc:"Number of the matter"`
	Unit   docket.UnitID   `query:"unit" minimum:"0"`
	Person docket.PersonID `query:"person" minimum:"0" doc:"Who did it"`
	Verb   docket.Verb     `query:"verb"`
	From   day             `query:"from"`
	To     day             `query:"to"`
}

func (f JournalFilter) query() (q app.JournalQuery, err error) {
	q = app.JournalQuery{Matter: strings.TrimSpace(f.Matter), Unit: f.Unit, Person: f.Person, Verb: f.Verb}
	if q.From, err = f.From.date("from"); err != nil {
		return q, err
	}
	q.To, err = f.To.date("to")
	return q, err
}

// JournalRow is an entry of the journal with what it is about.
type JournalRow struct {
	app.JournalRow
	Changes []app.FieldChange `json:"changes"`
}

// JournalPage is one page of the journal, newest first.
type JournalPage struct {
	Items []JournalRow `json:"items"`
	Next  int64        `json:"next,omitempty" doc:"Pass as before for the next page; absent on the last"`
}

func wireJournalRow(r app.JournalRow) JournalRow { return JournalRow{r, full(r.Changes)} }

func (s *server) journal(c call, in *struct {
	JournalFilter
	Before int64 `query:"before" minimum:"0" doc:"next of the page before"`
	Limit  int   `query:"limit" minimum:"1" maximum:"200" default:"100"`
}) (JournalPage, error) {
	q, err := in.query()
	if err != nil {
		return JournalPage{}, err
	}
	p, err := s.app.Journal(c, c.actor, q, in.Before, in.Limit)
	return JournalPage{Items: each(p.Items, wireJournalRow), Next: p.Next}, err
}

func (s *server) journalCSV(c call, in *struct{ JournalFilter }) (*file, error) {
	q, err := in.query()
	if err != nil {
		return nil, err
	}
	if _, err := s.app.Journal(c, c.actor, q, 0, 1); err != nil { // what can be refused is refused before the file begins
		return nil, err
	}
	lang := c.actor.Person.Lang
	return &file{name: words.Say(lang, "journal.title", nil) + ".csv", media: mediaCSV, write: func(w io.Writer) error {
		return s.writeJournal(c, w, q, lang)
	}}, nil
}

// journalColumns are the columns of the export; headings are journal.column.NAME.
var journalColumns = []string{"seq", "at", "actor", "for", "verb", "no", "unit", "person", "reason", "changes"}

func (s *server) writeJournal(c call, w io.Writer, q app.JournalQuery, lang string) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(each(journalColumns, func(name string) string { return words.Say(lang, "journal.column."+name, nil) })); err != nil {
		return err
	}
	for r, err := range s.app.JournalRows(c, c.actor, q) {
		if err != nil {
			return err
		}
		cells := []string{strconv.FormatInt(r.Seq, 10), r.At.UTC().Format(time.RFC3339), r.ActorName, r.ForName, words.Say(lang, "verb."+string(r.Verb), nil),
			r.No, r.UnitName, r.Person, r.Reason, changeWords(r.Changes)}
		if err := out.Write(each(cells, harmless)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// changeWords writes changes as "field: before → after", one a line, the values
// as JSON keeps them.
func changeWords(changes []app.FieldChange) string {
	value := func(v any) string {
		if v == nil {
			return ""
		}
		if text, ok := v.(string); ok {
			return text
		}
		raw, _ := json.Marshal(v) // it came from JSON
		return string(raw)
	}
	return strings.Join(each(changes, func(f app.FieldChange) string {
		return f.Field + ": " + value(f.Before) + " → " + value(f.After)
	}), "\n")
}

func (s *server) why(c call, in *struct {
	Kind string `query:"kind" required:"true" enum:"directive,unit,people"`
	ID   int64  `query:"id" minimum:"0"`
}) (List[measure.Reason], error) {
	reasons, err := s.app.Why(c, c.actor, in.Kind, in.ID)
	return list(reasons), err
}
