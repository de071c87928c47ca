package gold

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// line is one line of an answer file; the files differ in what they hold.
type line struct {
	Doc     string          `json:"doc"`
	No      json.RawMessage `json:"no"`
	Clause  string          `json:"clause"`
	Item    string          `json:"item"`
	Text    string          `json:"text"`
	Section string          `json:"section"`
	Tasks   []struct {
		Text string   `json:"text"`
		Lead []string `json:"lead"`
	} `json:"tasks"`
	Lead        []string `json:"lead"`
	Responsible []string `json:"responsible"`
	Units       []string `json:"units"`
	Note        string   `json:"note"`
	FirstIsLead bool     `json:"first_is_lead"`
	Milestone   string   `json:"milestone"`
	TargetDate  string   `json:"target_date"`
}

// answer is one task as an answer file states it.
type answer struct {
	no, text string
	lead     []string
	others   []string // supports, responsible units, units without a role
	due      string   // words of the deadline, where the file has them
}

// answers reads one answer file.
func answers(file string) (doc string, out []answer, err error) {
	f, err := os.Open(file)
	if err != nil {
		return "", nil, err
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		var l line
		if err := json.Unmarshal(sc.Bytes(), &l); err != nil {
			return "", nil, fmt.Errorf("%s line %d: %w", filepath.Base(file), n, err)
		}
		doc = l.Doc
		out = append(out, l.answers()...)
	}
	return doc, out, sc.Err()
}

func (l *line) answers() []answer {
	no := strings.Trim(string(l.No), `"`) + l.Clause
	switch {
	case len(l.Tasks) > 0:
		var out []answer
		for _, t := range l.Tasks {
			out = append(out, answer{no: no, text: t.Text, lead: t.Lead})
		}
		return out
	case l.Note != "":
		lead, others := noteUnits(l.Note, l.FirstIsLead)
		return []answer{{no: no, text: l.Text, lead: lead, others: others}}
	case l.Milestone != "":
		return []answer{{no: l.Milestone[:strings.IndexByte(l.Milestone+" ", ' ')], text: l.Milestone, due: l.TargetDate}}
	case l.Item != "":
		return []answer{{no: l.Item, text: l.Item, lead: l.Lead}}
	case len(l.Units) > 0:
		lead, others := []string(nil), l.Units
		if len(l.Units) == 1 { // one unit alone answers for the whole (field.md §5.3.1)
			lead, others = l.Units, nil
		}
		return []answer{{no: no, text: l.Text, lead: lead, others: others}}
	}
	return []answer{{no: no, text: l.Text, lead: l.Lead, others: l.Responsible}}
}

var (
	ruleWords = regexp.MustCompile(`[，。,](?:排在|列)第一.*$`)
	verbWords = regexp.MustCompile(`(?:等有关部门|等)?(牵头)?负责$`)
)

// noteUnits reads the plain notes of the State Council answers, the only form
// they have: a list, 负责, and the rule stated once. A group (各省级人民政府负责) has no lead.
func noteUnits(note string, firstLeads bool) (lead, others []string) {
	note = ruleWords.ReplaceAllString(note, "")
	joint := strings.Contains(note, "牵头负责")
	units := strings.Split(verbWords.ReplaceAllString(note, ""), "、")
	switch {
	case joint, len(units) == 1 && !strings.HasPrefix(units[0], "各"):
		return units, nil
	case firstLeads && len(units) > 1:
		return units[:1], units[1:]
	}
	return nil, units
}

// documents maps the answers' own paths to the files of the samples: the same
// name, with the folder's city in front of bare years.
func document(samples, doc string) (string, error) {
	base := filepath.Base(doc)
	city, _, _ := strings.Cut(filepath.Base(filepath.Dir(doc)), "-gwr")
	var found []string
	for _, name := range []string{base, city + "-" + base} {
		for _, dir := range []string{"zh", "en"} {
			p := filepath.Join(samples, dir, name)
			if _, err := os.Stat(p); err == nil && !slices.Contains(found, p) {
				found = append(found, p)
			}
		}
	}
	if len(found) != 1 {
		return "", fmt.Errorf("document of answers %q: found %d files", doc, len(found))
	}
	return found[0], nil
}
