package gold

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// Sum is the outcome over all answer files.
type Sum struct{ Scores []Score }

// The targets of the product.
const (
	minClause = 0.995
	minLead   = 0.99
	minOther  = 0.98
)

// Total adds the scores up; excused differences count as right.
func (s *Sum) Total() Score {
	t := Score{Name: "all"}
	for i := range s.Scores {
		x := s.Scores[i].excused()
		t.Expected += x.Expected
		t.Found += x.Found
		t.Extra += x.Extra
		t.Lead += x.Lead
		t.LeadRight += x.LeadRight
		t.Other += x.Other
		t.OtherRight += x.OtherRight
		t.Due += x.Due
		t.DueRight += x.DueRight
		t.Invented += x.Invented
		t.TextLost += x.TextLost
	}
	return t
}

// excused is the score with the differences left out for which the answer is wrong.
func (s Score) excused() Score {
	for _, d := range s.Differences {
		if d.Excuse == "" {
			continue
		}
		switch d.What {
		case "clause":
			s.Expected--
		case "extra":
			s.Extra--
		}
	}
	return s
}

// Recall is the share of the answers' clauses that were found; of nothing, 1.
func (s Score) Recall() float64 { return share(s.Found, s.Expected) }

// Precision is the share of the clauses proposed that are in the answers; of nothing, 1.
func (s Score) Precision() float64 { return share(s.Found, s.Found+s.Extra) }

func share(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// Misses names the targets that are not reached.
func (s *Sum) Misses() []string {
	t := s.Total()
	var out []string
	below := func(name string, got, want float64) {
		if got < want {
			out = append(out, fmt.Sprintf("%s %.4f, wanted %.4f", name, got, want))
		}
	}
	below("clause recall", t.Recall(), minClause)
	below("clause precision", t.Precision(), minClause)
	below("leads right", share(t.LeadRight, t.Lead), minLead)
	below("other roles right", share(t.OtherRight, t.Other), minOther)
	if t.Invented > 0 {
		out = append(out, fmt.Sprintf("%d invented units, wanted none", t.Invented))
	}
	if t.TextLost > 0 {
		out = append(out, fmt.Sprintf("%d characters of text lost, wanted none", t.TextLost))
	}
	return out
}

// Print writes the table, the totals and the differences.
func (s *Sum) Print(w io.Writer, verbose bool) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "document\tfound/expected\trecall\tprecision\tleads\tother roles\tdues\tinvented\ttext lost")
	for _, x := range append(s.Scores[:len(s.Scores):len(s.Scores)], s.Total()) {
		fmt.Fprintf(tw, "%s\t%d/%d\t%.3f\t%.3f\t%d/%d\t%d/%d\t%d/%d\t%d\t%d\n", x.Name, x.Found, x.Expected, x.excused().Recall(),
			x.excused().Precision(), x.LeadRight, x.Lead, x.OtherRight, x.Other, x.DueRight, x.Due, x.Invented, x.TextLost)
	}
	tw.Flush()
	for _, x := range s.Scores {
		for _, d := range x.Differences {
			if d.Excuse == "" || verbose {
				fmt.Fprintf(w, "%s %s %s\n  answer: %s\n  read:   %s\n", x.Name, d.No, d.What, d.Want, d.Got)
			}
			if d.Excuse != "" {
				fmt.Fprintf(w, "%s %s %s: %s\n", x.Name, d.No, d.What, d.Excuse)
			}
		}
	}
}
