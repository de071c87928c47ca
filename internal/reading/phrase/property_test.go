package phrase

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	docket "github.com/docket-os/docket"
)

// check asserts what must hold of anything read from any text: spans lie in the
// text on rune boundaries, and no name is invented.
func check(t interface{ Errorf(string, ...any) }, text string) {
	ctx := Context{Issued: docket.NewDate(2026, 8, 10), Prefix: "市"}
	span := func(what string, sp docket.Span) string {
		if sp.Start < 0 || sp.End < sp.Start || sp.End > len(text) {
			t.Errorf("%s: span %v outside the text %q", what, sp, text)
			return ""
		}
		for _, at := range []int{sp.Start, sp.End} {
			if utf8.ValidString(text) && at < len(text) && !utf8.RuneStart(text[at]) {
				t.Errorf("%s: span %v splits a character of %q", what, sp, text)
			}
		}
		return text[sp.Start:sp.End]
	}
	parties := func(ps []docket.Party) {
		for _, p := range ps {
			words := span("party", p.From.Span)
			switch {
			case p.Name == "" || p.Role == "":
				t.Errorf("party without name or role in %q: %+v", text, p)
			case p.Written == "" && p.Name != words:
				t.Errorf("name %q is not the text %q", p.Name, words)
			case p.Written != "" && p.Written != words:
				t.Errorf("written %q is not the text %q", p.Written, words)
			case !strings.Contains(p.Name, firstWord(words)):
				t.Errorf("name %q has nothing of %q", p.Name, words)
			}
		}
	}
	end := 0
	for _, n := range Notes(text, ctx) {
		span("outer", n.Outer)
		span("inner", n.Inner)
		if n.Outer.Start < end || n.Inner.Start < n.Outer.Start || n.Inner.End > n.Outer.End {
			t.Errorf("notes overlap or inner outside outer in %q: %+v", text, n)
		}
		end = n.Outer.End
		if n.FirstLeads != nil {
			span("rule", *n.FirstLeads)
		}
		for _, f := range n.Findings {
			if f.Span != nil {
				span("finding", *f.Span)
			}
		}
		parties(n.Parties)
	}
	ps, _ := Parties(text, ctx)
	parties(ps)
	for _, d := range Dues(text, ctx) {
		if got := span("due", d.Prov.Span); got != d.Words {
			t.Errorf("due words %q are not the text %q", d.Words, got)
		}
		if !d.On.IsZero() && !d.From.IsZero() && d.On < d.From {
			t.Errorf("due ends before it starts in %q: %+v", text, d)
		}
	}
	for _, m := range Measures(text, ctx) {
		if got := span("measure", m.From.Span); got != m.Words {
			t.Errorf("measure words %q are not the text %q", m.Words, got)
		}
	}
	if _, sp, ok := LabelLine(text); ok {
		span("label", sp)
	}
	Strength(text, "")
}

func firstWord(s string) string {
	return strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("—–－-\u200b\ufeff", r) })[0]
}

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txt")
	for _, file := range files {
		data, _ := os.ReadFile(file)
		for _, block := range strings.Split(string(data), "\n\n") {
			f.Add(block)
		}
	}
	f.Add("（（（（（（牵头单位：市科技局")
	f.Add("每年12月31日2月30日Q4 31/31/2026半年内\xff\xfe《“前")
	f.Fuzz(func(t *testing.T, text string) { check(t, text) })
}

// TestAnyNote builds notes out of the field's own words and asserts that every
// unit comes back once, with its role, in both widths.
func TestAnyNote(t *testing.T) {
	units := []string{"市科技局", "市发展和改革委员会", "市人力资源和社会保障局", "市政务和数据局", "市委宣传部", "市总工会", "云州海关", "人民银行云州分行", "临江区政府", "青禾县人民政府", "云州高新区管委会", "国网云州供电公司", "团市委", "市税务局", "市公安局（交警支队）"}
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.Permutation(units).Draw(t, "units")
		k := rapid.IntRange(1, 5).Draw(t, "leads")
		m := rapid.IntRange(1, 5).Draw(t, "supports")
		leads, supports := names[:k], names[k:k+m]
		form := rapid.SampledFrom([][3]string{
			{"（由", "牵头，", "配合）"}, {"（", "牵头，会同", "落实）"}, {"（牵头单位：", "；配合单位：", "）"},
			{"【牵头单位：", "；协办单位：", "】"}, {"〔", "牵头负责，", "协助〕"}, {"牵头单位：", "\n配合单位：", ""},
		}).Draw(t, "form")
		text := form[0] + join(t, leads) + form[1] + join(t, supports) + form[2]
		for _, s := range []string{text, otherWidth(text)} {
			notes := Notes(s, Context{})
			if len(notes) != 1 {
				t.Fatalf("%q: %d notes", s, len(notes))
			}
			got := map[docket.PartyRole][]string{}
			for _, p := range notes[0].Parties {
				got[p.Role] = append(got[p.Role], toHalf(p.Name))
			}
			if toHalf(strings.Join(leads, " ")) != strings.Join(got[docket.Lead], " ") ||
				toHalf(strings.Join(supports, " ")) != strings.Join(got[docket.Support], " ") {
				t.Fatalf("%q\nread %v", s, got)
			}
		}
	})
}

func join(t *rapid.T, names []string) string {
	if len(names) == 1 {
		return names[0]
	}
	last := rapid.SampledFrom([]string{"、", "和", "及", "以及", "，"}).Draw(t, "joint")
	return strings.Join(names[:len(names)-1], "、") + last + names[len(names)-1]
}

// TestLongText: time must grow with the text, not with its square. Hostile texts
// of forty thousand characters finish in a moment or the test binary's own
// limit stops them.
func TestLongText(t *testing.T) {
	for _, unit := range []string{"（", "(市科技局", "、市科技局", "，由市科技局牵头", "和", "每", "自收到", "牵头单位：", "12,", "“", "2026年", "by ", "Lead: ", "市 ", "\n— 5 —"} {
		text := strings.Repeat(unit, 40_000/utf8.RuneCountInString(unit))
		ctx := Context{}
		Notes(text, ctx)
		Parties(text, ctx)
		Dues(text, ctx)
		Measures(text, ctx)
	}
}

func TestLabelLine(t *testing.T) {
	for _, c := range []struct {
		text  string
		role  docket.PartyRole
		label string
		ok    bool
	}{
		{"牵头单位：市科技局", docket.Lead, "牵头单位：", true},
		{"牵头单位:市科技局", docket.Lead, "牵头单位:", true},
		{"  **配合单位**：市财政局", "", "", false},
		{"责任单位：市科技局", "", "责任单位：", true},
		{"协办部门：市财政局", docket.Support, "协办部门：", true},
		{"参与单位：市科协", docket.Participate, "参与单位：", true},
		{"指导单位：省科技厅", docket.Guide, "指导单位：", true},
		{"分管领导：张某", docket.LeaderRole, "分管领导：", true},
		{"完成时限：2027年6月", "", "", false},
		{"牵头单位要抓好落实", "", "", false},
		{"Lead: Housing", docket.Lead, "Lead: ", true},
		{"Partners: Planning", docket.Support, "Partners: ", true},
		{"Leading by example", "", "", false},
	} {
		role, sp, ok := LabelLine(c.text)
		if role != c.role || ok != c.ok || c.text[sp.Start:sp.End] != c.label {
			t.Errorf("%q: %q %q %v", c.text, role, c.text[sp.Start:sp.End], ok)
		}
	}
}

// TestLeadFirst applies a rule stated elsewhere to a note of its own.
func TestLeadFirst(t *testing.T) {
	list := Notes("（市科技局、市财政局负责）", Context{})[0].Parties
	got := LeadFirst(list)
	if got[0].Role != docket.Lead || got[1].Role != docket.Support || got[0].From.Origin != docket.ByRule || got[0].Unsure {
		t.Errorf("list: %+v", got)
	}
	if list[0].Role != docket.Several {
		t.Error("the parties given were changed")
	}
	said := Notes("（市科技局牵头，市财政局按职责分工负责）", Context{})[0].Parties
	if got := LeadFirst(said); got[0].Role != docket.Lead || got[1].Role != docket.Several {
		t.Errorf("a stated role was overruled: %+v", got)
	}
}
