package brief_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/app"
	"github.com/docket-os/docket/internal/brief"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/paper/docx"
	"github.com/docket-os/docket/internal/typeset"
)

var at = time.Date(2026, 11, 18, 7, 0, 0, 0, time.UTC)

// fullest is a pack whose pages hold as much as a page may.
func fullest(units int) *docket.PackBody {
	long := strings.Repeat("推进全市义务教育学校建设与农村饮水安全", 3)
	b := &docket.PackBody{Title: "三季度盘点会", On: docket.NewDate(2026, 11, 20), Begins: "09:30", Place: "会议室", Convener: "副市长", Owner: "云州市人民政府", At: at, Day: docket.NewDate(2026, 11, 18)}
	var rows []docket.PackLine
	for u := range units {
		name := fmt.Sprintf("市第%d局", u+1)
		rows = append(rows, docket.PackLine{Tally: &docket.Compare{Name: name, Matters: 12, Lamps: map[docket.Lamp]int{docket.LampAct: 3, docket.LampOnCourse: 9}, Due: 9, OnTime: 8, Kept: 1, Broken: 1, Gaps: 4}})
		page := docket.PackPage{Unit: docket.UnitID(u + 1), Name: name, Head: "局长"}
		lines := func(n int, of docket.PackLine) []docket.PackLine {
			out := make([]docket.PackLine, n)
			for i := range out {
				out[i] = of
			}
			return out
		}
		why := &docket.Said{Key: "lamp.overdue", Args: map[string]string{"days": "12"}}
		figure := &docket.Figure{Name: long, Unit: "所", Target: 20, Plan: []docket.Point{{Day: docket.NewDate(2026, 1, 1)}, {Day: docket.NewDate(2026, 12, 31), Value: 20}}, Actual: []docket.Point{{Day: docket.NewDate(2026, 6, 1), Value: 4}}, AsOf: docket.NewDate(2026, 6, 1)}
		page.Parts = []docket.PackPart{
			{Kind: docket.PartPromises, Lines: lines(4, docket.PackLine{Title: long, Due: docket.NewDate(2026, 9, 1), Keeping: docket.KeepingBroken}), More: 2},
			{Kind: docket.PartMeasures, Lines: lines(3, docket.PackLine{No: "2026-0001", Lamp: docket.LampAct, Why: why, Figure: figure})},
			{Kind: docket.PartLamps, Lines: lines(6, docket.PackLine{No: "2026-0002", Title: long, Due: docket.NewDate(2026, 9, 1), Lamp: docket.LampAct, Why: why}), More: 9},
			{Kind: docket.PartChanges, Lines: lines(3, docket.PackLine{No: "2026-0003", Title: long, Lamp: docket.LampWatch, Was: docket.LampOnCourse})},
			{Kind: docket.PartGaps, Lines: lines(5, docket.PackLine{Said: docket.Said{Key: "gap.no_plan", Args: map[string]string{"n": "3"}}})},
			{Kind: docket.PartLoad, Lines: lines(3, docket.PackLine{Said: docket.Said{Key: "load.returned", Args: map[string]string{"n": "3"}}})},
			{Kind: docket.PartQuestions, Lines: lines(5, docket.PackLine{Said: docket.Said{Key: "question.act", Args: map[string]string{"no": "2026-0001", "title": long}}, Why: &docket.Said{Key: "source.lamp"}})},
		}
		b.Pages = append(b.Pages, page)
	}
	b.Front = docket.PackPage{Parts: []docket.PackPart{{Kind: docket.PartCompare, Lines: rows}}}
	return b
}

func pdf(t *testing.T, d *typeset.Doc) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := d.WritePDF(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func pages(pdf []byte) int { return bytes.Count(pdf, []byte("/Type /Page\n")) }

// Charts take what lines leave free, and no more: pages of every fill stay one page.
func TestAUnitsPageIsOnePageNeverTwo(t *testing.T) {
	b := fullest(28)
	b.Front.Parts = nil // of 28 units its table alone is longer than a page
	for i := range b.Pages {
		cut := i % 7 // each part in turn has fewer lines, none of them, or all
		part := &b.Pages[i].Parts[cut]
		part.Lines = part.Lines[:len(part.Lines)*(i/7)/3]
	}
	for _, lang := range []string{"zh", "en"} {
		if got := pages(pdf(t, brief.Pack(lang, time.UTC, b, 1, strings.Repeat("ab", 32)))); got != 28 {
			t.Errorf("%s: 28 units take %d pages", lang, got)
		}
	}
}

func TestAPackIsWrittenTheSameTwice(t *testing.T) {
	write := func() []byte {
		var out bytes.Buffer
		d := brief.Pack("zh", time.UTC, fullest(2), 1, strings.Repeat("ab", 32))
		if err := d.WriteDOCX(&out); err != nil {
			t.Fatal(err)
		}
		return append(out.Bytes(), pdf(t, d)...)
	}
	if !bytes.Equal(write(), write()) {
		t.Error("the same pack gave other bytes")
	}
}

// The dots of "no fresh data" are bold: thin ones print as the circle of "not due".
func TestNoFreshDataIsNotDrawnAsNotDue(t *testing.T) {
	b := fullest(1)
	lines := b.Pages[0].Parts[2].Lines
	lines[0].Lamp, lines[1].Lamp = docket.LampNoData, docket.LampNotDue
	seen := map[string]bool{}
	for _, block := range brief.Pack("zh", time.UTC, b, 1, strings.Repeat("ab", 32)).Blocks {
		table, _ := block.(typeset.Table)
		for _, row := range table.Rows {
			if len(row[0].Runs) > 0 {
				seen[row[0].Runs[0].Text] = row[0].Runs[0].Bold
			}
		}
	}
	if bold, there := seen["◌"]; !there || !bold {
		t.Errorf("the marks drawn, and whether bold: %v", seen)
	}
	if bold, there := seen["○"]; !there || bold {
		t.Errorf("the marks drawn, and whether bold: %v", seen)
	}
}

// Questions a page has no room for are counted.
func TestAPackCountsTheQuestionsLeftOut(t *testing.T) {
	text := words(t, brief.Pack("zh", time.UTC, fullest(1), 1, strings.Repeat("ab", 32)))
	if _, asked, _ := strings.Cut(text, "值得追问"); !strings.Contains(asked, "另有 2 项") {
		t.Errorf("the questions end without saying that there are more:\n%s", asked)
	}
}

// What was decided stands in the minutes with who acts until when, under its kind.
func TestMinutesSayWhoDoesWhatUntilWhen(t *testing.T) {
	s := &app.StocktakePage{OwnerName: "云州市人民政府", ChairName: "副市长", Items: []app.ItemView{
		{Item: docket.Item{ID: 1, Kind: docket.ItemDecision, Text: "建成3所学校。", No: "2026-0101", Due: docket.NewDate(2026, 12, 20)}, LeadRefs: []app.UnitRef{{Name: "市教育局"}}, Helpers: []app.UnitRef{{Name: "市财政局"}}},
		{Item: docket.Item{ID: 2, Kind: docket.ItemCommendation, Text: "表扬市总工会"}},
		{Item: docket.Item{ID: 3, Kind: docket.ItemCommitment, Text: "到各单位现场办公一次", Due: docket.NewDate(2026, 12, 31)}, LeaderName: "副市长"},
	}}
	s.Title, s.On, s.Place = "谋划明年工作座谈会", docket.NewDate(2026, 11, 20), "会议室"
	m := &app.MinutesPage{Minutes: docket.Minutes{No: "3", Title: "座谈会纪要", Present: "副市长，市教育局", Sent: "各单位", Status: docket.MinutesIssued, IssuedAt: at, IssuedOn: docket.NewDate(2026, 11, 23),
		Body: []docket.MinutesPara{{Text: "建成3所学校。", Item: 1}, {Text: "表扬市总工会", Item: 2}, {Text: "到各单位现场办公一次", Item: 3}}, Addenda: []docket.Addendum{{No: 1, At: at, Text: "时间应为下午"}}}}
	text := words(t, brief.Minutes("zh", time.UTC, s, m))
	for _, want := range []string{"云州市人民政府会议纪要", "第3期", "一、议定事项", "1．建成3所学校。（市教育局牵头，市财政局配合，2026年12月20日前完成；2026-0101）", "二、表扬", "1．到各单位现场办公一次。（副市长，2026年12月31日前兑现）", "补充说明1", "时间应为下午", "出席：副市长，市教育局", "分送：各单位。", "2026年11月23日印发"} {
		if !strings.Contains(text, want) {
			t.Errorf("the minutes do not say %q:\n%s", want, text)
		}
	}
}

// A draft is not issued on any day; the meeting was held on the day it sat, where the
// body is, whatever day it was planned for.
func TestPapersTellTheDaysThatWere(t *testing.T) {
	s := &app.StocktakePage{OwnerName: "云州市人民政府"}
	s.Title, s.On, s.Begins = "座谈会", docket.NewDate(2026, 11, 20), "09:30"
	s.OpenedAt = time.Date(2026, 11, 22, 23, 5, 0, 0, time.UTC) // the 23rd in Yunzhou
	s.Slips.Sent = []app.SlipView{{Slip: docket.Slip{At: at, Day: docket.NewDate(2026, 11, 24)}}}
	place := time.FixedZone("", 8*3600)
	m := &app.MinutesPage{Minutes: docket.Minutes{No: "3", Title: "纪要", Sent: "各单位", Status: docket.MinutesCirculated}}
	minutes := words(t, brief.Minutes("zh", place, s, m))
	if strings.Contains(minutes, "印发") || strings.Contains(minutes, "11月20日") {
		t.Errorf("minutes out for comment say:\n%s", minutes)
	}
	for name, text := range map[string]string{"minutes": minutes, "slips": words(t, brief.Slips("zh", place, s)), "follow-up sheet": words(t, brief.FollowUp("zh", place, s))} {
		if !strings.Contains(text, "2026年11月23日") {
			t.Errorf("the %s do not say when the meeting sat:\n%s", name, text)
		}
	}
	m.Status, m.IssuedOn = docket.MinutesIssued, docket.NewDate(2026, 11, 25)
	if text := words(t, brief.Minutes("zh", place, s, m)); !strings.Contains(text, "2026年11月25日印发") {
		t.Errorf("issued minutes say:\n%s", text)
	}
	s.OpenedAt = time.Time{}
	if text := words(t, brief.FollowUp("zh", place, s)); !strings.Contains(text, "2026年11月20日 09:30") {
		t.Errorf("before it sits the sheet says:\n%s", text)
	}
}

// Under headings of the office's own a line that decides nothing says its kind itself:
// what was agreed in principle never reads as decided.
func TestOwnHeadingsLeaveTheKind(t *testing.T) {
	s := &app.StocktakePage{Items: []app.ItemView{
		{Item: docket.Item{ID: 1, Kind: docket.ItemDecision, Text: "建成3所学校", No: "2026-0101", Due: docket.NewDate(2026, 12, 20)}, LeadRefs: []app.UnitRef{{Name: "市教育局"}}},
		{Item: docket.Item{ID: 2, Kind: docket.ItemPrinciple, Text: "同意建设第二水厂"}},
	}}
	lines := []docket.MinutesPara{{Text: "建成3所学校", Item: 1}, {Text: "同意建设第二水厂", Item: 2}}
	for lang, want := range map[string][]string{
		"zh": {"一、关于民生", "1．建成3所学校。", "2．原则同意事项：同意建设第二水厂。"},
		"en": {"关于民生", "1. 建成3所学校.", "2. Agreed in principle: 同意建设第二水厂."},
	} {
		m := &app.MinutesPage{Minutes: docket.Minutes{Title: "纪要", Body: append([]docket.MinutesPara{{Level: 1, Text: "关于民生"}}, lines...)}}
		text := words(t, brief.Minutes(lang, time.UTC, s, m))
		for _, x := range want {
			if !strings.Contains(text, x) {
				t.Errorf("%s: the minutes do not say %q:\n%s", lang, x, text)
			}
		}
	}
}

// words are the paragraphs and cells of a paper, a line each, as Word's reader finds them.
func words(t *testing.T, d *typeset.Doc) string {
	t.Helper()
	var out bytes.Buffer
	if err := d.WriteDOCX(&out); err != nil {
		t.Fatal(err)
	}
	doc, err := paper.Readers{docx.Reader()}.Read(context.Background(), paper.Bytes("文.docx", out.Bytes()), paper.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, b := range doc.Blocks {
		text.WriteString(b.Text + "\n")
		if b.Table == nil {
			continue
		}
		for _, row := range b.Table.Rows {
			for _, c := range row.Cells {
				text.WriteString(c.Text + "\n")
			}
		}
	}
	return text.String()
}

// Each unit's slip says what it acts on, as what, with whom and until when; what was
// struck off since is marked.
func TestSlipsSayWhatAUnitActsOn(t *testing.T) {
	edu, fin := app.UnitRef{ID: 1, Name: "市教育局"}, app.UnitRef{ID: 2, Name: "市财政局"}
	all := []app.UnitRef{edu, fin, {ID: 3, Name: "市水务局"}, {ID: 4, Name: "市民政局"}, {ID: 5, Name: "市总工会"}, {ID: 6, Name: "市人社局"}}
	ids := []docket.UnitID{1, 2, 3, 4, 5, 6}
	s := &app.StocktakePage{OwnerName: "云州市人民政府", ChairName: "副市长", Items: []app.ItemView{
		{Item: docket.Item{ID: 1, Text: "建成3所学校", No: "2026-0101", Due: docket.NewDate(2026, 12, 20), Leads: ids[:1], Supports: ids[1:2]}, LeadRefs: all[:1], Helpers: all[1:2]},
		{Item: docket.Item{ID: 2, Text: "逐条查漏补缺", No: "2026-0102", Due: docket.NewDate(2026, 12, 10), Leads: ids}, LeadRefs: all},
		{Item: docket.Item{ID: 3, Text: "公开校车线路", No: "2026-0103", Leads: ids[:1], Struck: at}, LeadRefs: all[:1]},
	}}
	s.Title, s.On = "谋划明年工作座谈会", docket.NewDate(2026, 11, 20)
	slip := func(u app.UnitRef, no string, items ...docket.ItemID) app.SlipView {
		return app.SlipView{Slip: docket.Slip{No: no, Unit: u.ID, Items: items, At: at, Day: docket.NewDate(2026, 11, 23)}, UnitName: u.Name}
	}
	s.Slips.Sent = []app.SlipView{slip(edu, "2026-0007", 1, 2, 3), slip(fin, "2026-0008", 1)}
	text := words(t, brief.Slips("zh", time.UTC, s))
	first, second, ok := strings.Cut(text, "编号：2026-0008")
	if !ok {
		t.Fatalf("there is no second slip:\n%s", text)
	}
	for _, want := range []string{"编号：2026-0007 · 2026年11月23日", "承办单位：市教育局", "谋划明年工作座谈会（2026年11月20日，副市长主持）", "建成3所学校\n牵头\n市财政局（配合）\n2026-12-20",
		"逐条查漏补缺\n按职责分工\n市财政局等5个单位（按职责分工）\n2026-12-10", "公开校车线路（已撤销）", "签收人：", "云州市人民政府"} {
		if !strings.Contains(first, want) {
			t.Errorf("the first slip does not say %q:\n%s", want, first)
		}
	}
	if want := "建成3所学校\n配合\n市教育局（牵头）\n2026-12-20"; !strings.Contains(second, want) || strings.Contains(second, "查漏补缺") {
		t.Errorf("the second slip does not say %q alone:\n%s", want, second)
	}
}

func TestAMeetingWithoutMattersSaysSo(t *testing.T) {
	s := &app.StocktakePage{}
	s.Title = "座谈会"
	said := words(t, brief.FollowUp("zh", time.UTC, s))
	if !strings.Contains(said, "没有形成需要办理的事项") {
		t.Errorf("it says %q", said)
	}
}
