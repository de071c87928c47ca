package httpapi

import (
	"strconv"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/brief"
	"github.com/docket-os/docket/internal/typeset"
	"github.com/docket-os/docket/internal/words"
)

// Media types of papers.
const (
	mediaDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	mediaPDF  = "application/pdf"
)

// as gives a paper as a file in the format its name ends in.
func as(doc *typeset.Doc, name, format string) *file {
	if format == "pdf" {
		return &file{name: name + ".pdf", media: mediaPDF, write: doc.WritePDF}
	}
	return &file{name: name + ".docx", media: mediaDOCX, write: doc.WriteDOCX}
}

// format is "docx" or "pdf", by how a route ends.
func (c call) format() string {
	if strings.HasSuffix(c.request.URL.Path, ".pdf") {
		return "pdf"
	}
	return "docx"
}

func (s *server) packFile(c call, in *PackPath) (*file, error) {
	body, head, err := s.app.Pack(c, c.actor, in.ID, in.No)
	if err != nil {
		return nil, err
	}
	return as(brief.Pack(c.actor.Person.Lang, s.app.Location(), &body, head.No, head.Seal), fileName(body.Title, body.On, "pack"), c.format()), nil
}

func (s *server) minutesFile(c call, in *StocktakePath) (*file, error) {
	m, err := s.app.Minutes(c, c.actor, in.ID)
	if err != nil {
		return nil, err
	}
	p, err := s.app.Stocktake(c, c.actor, in.ID)
	if err != nil {
		return nil, err
	}
	return as(brief.Minutes(app.LangOf(m.Title), s.app.Location(), &p, &m), fileName(m.Title, p.On, "minutes"), c.format()), nil
}

func (s *server) followUpFile(c call, in *StocktakePath) (*file, error) {
	p, err := s.app.Stocktake(c, c.actor, in.ID)
	if err != nil {
		return nil, err
	}
	return as(brief.FollowUp(app.LangOf(p.Title), s.app.Location(), &p), fileName(p.Title, p.On, "follow-up"), c.format()), nil
}

func (s *server) slipsFile(c call, in *struct {
	StocktakePath
	Slip docket.SlipID `query:"slip" minimum:"0" doc:"One of them; all the reader may see otherwise"`
}) (*file, error) {
	p, err := s.app.Slips(c, c.actor, in.ID, in.Slip)
	if err != nil {
		return nil, err
	}
	name := fileName(p.Title, p.On, "slips")
	if sent := p.Slips.Sent; len(sent) == 1 {
		name = fileName(sent[0].UnitName+" "+sent[0].No, sent[0].Day, "slip")
	}
	return as(brief.Slips(app.LangOf(p.Title), s.app.Location(), &p), name, c.format()), nil
}

func (s *server) statementFile(c call, in *StatementPath) (*file, error) {
	p, err := s.app.Statement(c, c.actor, in.ID, in.Unit)
	if err != nil {
		return nil, err
	}
	return as(brief.Statement(app.LangOf(p.Title), s.app.Location(), &p), fileName(p.UnitName+" "+p.Title, p.Due, "statement"), c.format()), nil
}

// fileName is a label for a download.
func fileName(title string, on docket.Date, kind string) string {
	return strings.TrimSpace(on.String() + " " + title + " " + kind)
}

// invitation is the meeting as an event for calendar programs.
func (s *server) invitation(c call, in *StocktakePath) (*file, error) {
	p, err := s.app.Stocktake(c, c.actor, in.ID)
	if err != nil {
		return nil, err
	}
	begins := startOf(&p.Stocktake, s.app.Location())
	minutes := 0
	for _, x := range p.Slots {
		minutes += x.Minutes
	}
	var out ics
	line := out.line
	out.open()
	line("METHOD", "PUBLISH")
	line("BEGIN", "VEVENT")
	line("UID", "stocktake-"+strconv.FormatInt(int64(p.ID), 10)+"@docket")
	line("SEQUENCE", strconv.FormatInt(p.Version, 10))
	line("DTSTAMP", s.cfg.Clock().UTC().Format(icsInstant))
	line("DTSTART", begins.UTC().Format(icsInstant))
	line("DTEND", begins.Add(time.Duration(max(30, minutes))*time.Minute).UTC().Format(icsInstant))
	line("SUMMARY", escaped(p.Title))
	line("LOCATION", escaped(p.Place))
	said := docket.NoticeConvened
	if p.Status == docket.StocktakeCancelled {
		said = docket.NoticeCalledOff
		line("STATUS", "CANCELLED")
	}
	line("DESCRIPTION", escaped(words.Say(c.actor.Person.Lang, "notice."+string(said), p.Args())))
	line("URL", s.base(c)+"/stocktakes/"+strconv.FormatInt(int64(p.ID), 10))
	line("END", "VEVENT")
	return wholeFile(fileName(p.Title, p.On, "")+".ics", mediaICS, []byte(out.close())), nil
}

// startOf is the instant a meeting begins.
func startOf(s *docket.Stocktake, place *time.Location) time.Time {
	hour, _ := time.Parse("15:04", s.Begins) // kept only when it can be read
	y, m, d := s.On.Time().Date()
	return time.Date(y, m, d, hour.Hour(), hour.Minute(), 0, 0, place)
}
