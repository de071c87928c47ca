package sample

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
)

// line is one act of the city's past: so many days before loading somebody did
// something to the matter whose requirement holds the words.
type line struct {
	days    int
	login   string
	verb    string
	holds   string
	percent int
	words   string
	more    string         // plan: steps; return: the reason; extension: days from today; claim: the result; instruct: the urgency; urge: somebody of the unit
	measure docket.Measure // measure: as it is set
	value   float64        // of a figure

	by     *person // once its day has come
	matter docket.MatterID
	due    docket.Date // of the matter
}

// life lives the months since the plan was adopted, as life.csv and measures.csv
// tell them: receipts, plans, reports with what became of them, figures, an earlier
// meeting, a request, claims.
func (l *loader) life(ctx context.Context) error {
	rows, err := l.table("life.csv")
	if err != nil {
		return err
	}
	all, err := l.figures()
	if err != nil {
		return err
	}
	for n, row := range rows {
		at := &line{login: row[1], verb: row[2], holds: row[3], words: row[5], more: row[6]}
		if at.days, err = strconv.Atoi(row[0]); err != nil {
			return fmt.Errorf("life.csv, row %d: %w", n+2, err)
		}
		at.percent, _ = strconv.Atoi(row[4]) // empty where it is no report
		all = append(all, at)
	}
	slices.SortStableFunc(all, func(x, y *line) int { return -cmp.Compare(x.days, y.days) })
	var known *app.LedgerPage // nil where matters were added
	for _, at := range all {
		l.now = l.today.AddDate(0, 0, -at.days)
		if known == nil {
			page, err := l.app.Ledger(ctx, l.admin, app.LedgerRequest{})
			if err != nil {
				return err
			}
			known = &page
		}
		if err := l.live(ctx, at, known); err != nil {
			return fmt.Errorf("%d days ago, %s %s %q: %w", at.days, at.login, at.verb, at.holds, err)
		}
		if at.verb == "meet" {
			known = nil
		}
	}
	return nil
}

// live finds out who acts on what, and lets them.
func (l *loader) live(ctx context.Context, at *line, known *app.LedgerPage) (err error) {
	if at.by, err = l.person(ctx, at.login); err != nil {
		return err
	}
	for _, m := range known.Items {
		if at.holds != "" && strings.Contains(m.Requirement, at.holds) {
			at.matter, at.due = m.ID, m.Due
		}
	}
	return l.act(ctx, at)
}

// person signs somebody in the first time they act.
func (l *loader) person(ctx context.Context, login string) (*person, error) {
	p := l.staff[login]
	if p == nil {
		return nil, fmt.Errorf("nobody has the login %q", login)
	}
	if p.actor.Person.ID != 0 {
		return p, nil
	}
	link, err := l.app.NewLink(ctx, l.admin, p.id)
	if err != nil {
		return nil, err
	}
	return p, l.signIn(ctx, &p.actor, link.Token)
}

func (l *loader) act(ctx context.Context, at *line) error {
	who := at.by.actor
	switch at.verb {
	case "receipts":
		return l.receipts(ctx, at)
	case "plan":
		_, err := l.app.Move(ctx, who, at.matter, docket.VerbPlan, at.by.unit, docket.Deed{Milestones: l.steps(at.more)}, 0)
		return err
	case "report", "claim", "part":
		return l.report(ctx, at)
	case "extension":
		ahead, err := strconv.Atoi(at.more)
		if err != nil {
			return err
		}
		_, err = l.app.Ask(ctx, who, at.matter, docket.Request{Unit: at.by.unit, Kind: docket.AskExtension, Words: at.words, Due: docket.DateOf(l.today.AddDate(0, 0, ahead))}, 0)
		return err
	case "meet":
		return l.hold(ctx)
	case "keep":
		return l.keep(ctx, at)
	case "measure":
		return l.measure(ctx, at)
	case "figure":
		return l.figure(ctx, at)
	case "verify":
		_, err := l.app.Verify(ctx, who, at.matter, docket.Verification{Outcome: docket.FoundTrue, Words: at.words}, 0)
		return err
	case "urge":
		_, err := l.app.Urge(ctx, who, at.matter, l.staff[at.more].unit, at.words)
		return err
	case "instruct":
		_, err := l.app.Instruct(ctx, who, at.matter, at.words, docket.Urgency(at.more))
		return err
	}
	return l.judge(ctx, at)
}

// receipts confirms for somebody's unit whatever it owes a receipt for, or the one
// matter that is named.
func (l *loader) receipts(ctx context.Context, at *line) error {
	desk, err := l.app.Desk(ctx, at.by.actor)
	if err != nil {
		return err
	}
	for _, row := range desk.Owed {
		if row.Act != "acknowledge" || at.matter != 0 && row.Matter != at.matter {
			continue
		}
		if _, err := l.app.Move(ctx, at.by.actor, row.Matter, docket.VerbAcknowledge, row.Unit, docket.Deed{}, row.Version); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) report(ctx context.Context, at *line) error {
	form, err := l.app.ReportForm(ctx, at.by.actor, at.matter, at.by.unit)
	if err != nil {
		return err
	}
	r := form.Report
	r.Changed, r.Percent = at.words, at.percent
	if at.verb == "claim" {
		r.Kind, r.Result = docket.ClaimReport, docket.Result(at.more)
		piece, err := l.prove(ctx, at)
		if err != nil {
			return err
		}
		r.Evidence = []docket.EvidenceID{piece}
	} else {
		r.Next = at.more
	}
	_, err = l.app.FileReport(ctx, at.by.actor, at.matter, r)
	return err
}

// prove offers the record of an acceptance as evidence of a claim.
func (l *loader) prove(ctx context.Context, at *line) (docket.EvidenceID, error) {
	who, paper := at.by.actor, []byte(at.words+"\n")
	up, err := l.app.BeginUpload(ctx, who, at.matter, app.NewUpload{Unit: at.by.unit, Name: recordNames[l.city], Size: int64(len(paper))})
	if err != nil {
		return 0, err
	}
	if _, err := l.app.AppendUpload(ctx, who, at.matter, up.ID, 0, paper); err != nil {
		return 0, err
	}
	piece, err := l.app.FinishUpload(ctx, who, at.matter, up.ID, app.EvidenceEdit{})
	return piece.ID, err
}

// recordNames is what the record of an acceptance is called.
var recordNames = map[City]string{Yunzhou: "验收记录.txt", Northford: "acceptance record.txt"}

// judge says a word on the newest report of the matter.
func (l *loader) judge(ctx context.Context, at *line) error {
	page, err := l.app.Matter(ctx, at.by.actor, at.matter)
	if err != nil {
		return err
	}
	if len(page.Reports) == 0 {
		return fmt.Errorf("matter %d has no report", at.matter)
	}
	r := page.Reports[0]
	switch at.verb {
	case "approve":
		_, err = l.app.ApproveReport(ctx, at.by.actor, at.matter, r.ID, r.Version)
	case "accept":
		_, err = l.app.AcceptReport(ctx, at.by.actor, at.matter, r.ID, r.Version)
	case "return":
		_, err = l.app.ReturnReport(ctx, at.by.actor, at.matter, r.ID, docket.ReturnReason(at.more), at.words, r.Version)
	default:
		err = fmt.Errorf("there is no act %q", at.verb)
	}
	return err
}

// steps reads a plan written as "title@-30;title@10", days counted from today.
func (l *loader) steps(text string) []docket.Milestone {
	var out []docket.Milestone
	for _, s := range strings.Split(text, ";") {
		if title, days, ok := strings.Cut(s, "@"); ok {
			n, _ := strconv.Atoi(days) // the sample's own text
			out = append(out, docket.Milestone{Title: title, Due: docket.DateOf(l.today.AddDate(0, 0, n))})
		}
	}
	return out
}
