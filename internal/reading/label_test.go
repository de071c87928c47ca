package reading

import "testing"

func TestReadLabel(t *testing.T) {
	for _, c := range []struct {
		text  string
		style style
		n     int
		label string // "" for none
	}{
		{"一、总体要求", styleHan, 1, "一、"},
		{"二十三、健全机制", styleHan, 23, "二十三、"},
		{"（三）完善", styleHanIn, 3, "（三）"},
		{"(十二)完善", styleHanIn, 12, "(十二)"},
		{"１．建设", styleNum, 1, "１．"},
		{"12、建设", styleNum, 12, "12、"},
		{"（4）培训", styleNumIn, 4, "（4）"},
		{"③检查", styleCircle, 3, "③"},
		{"第四章　督查", styleChapter, 4, "第四章"},
		{"第十二条 各部门", styleArticle, 12, "第十二条"},
		{"1.1.2 Assess data", "dec3", 2, "1.1.2"},
		{"7.2加强管理", "dec2", 2, "7.2"},
		{"Action 3: Plant trees", "action", 3, "Action 3"},
		{"Objective B – Homes", "objective", 2, "Objective B"},
		{"重点任务2：改造", "任务", 2, "重点任务2："},
		{"一是加快建设", styleFirst, 1, "一是"},
		{"• Fill gaps", styleBullet, 0, "•"},
		{"a) first", styleLetter, 1, "a)"},
		{"2026年底前完成", "", 0, ""},
		{"1.5万人参加培训", "", 0, ""},
		{"3月底前完成", "", 0, ""},
		{"一、二、三产业融合发展", "", 0, ""},
		{"一个平台", "", 0, ""},
		{"Actions speak louder", "", 0, ""},
		{"Q4 2026 onwards", "", 0, ""},
		{"（二〇二六年三月五日）", "", 0, ""},
		{"（市教育局负责）", "", 0, ""},
	} {
		l, ok := readLabel(c.text)
		if ok != (c.label != "") || ok && (l.style != c.style || l.n != c.n || l.text != c.label) {
			t.Errorf("%q: %+v %v, want %s %d %q", c.text, l, ok, c.style, c.n, c.label)
		}
	}
}

func TestNumberBeforeAmount(t *testing.T) {
	for _, c := range []struct {
		text string
		last int
		want string
	}{
		{"26.100个村通公交", 25, "26."},
		{"26.100个村通公交", 3, ""},
		{"3.2026年底前完成", 2, "3."},
		{"1.5万人参加培训", 0, ""},
		{"1.500户改造", 0, "1."},
	} {
		if l, _ := numberBeforeAmount(c.text, c.last); l.text != c.want {
			t.Errorf("%q after %d: %q, want %q", c.text, c.last, l.text, c.want)
		}
	}
}

// The same characters are another ordinal behind another line.
func TestOrdinalsFromLineToLine(t *testing.T) {
	for _, c := range []struct {
		lines []string
		want  []string
	}{
		{[]string{"3.巡查", "4.6月15日前演练", "5.总结"}, []string{"3.", "4.", "5."}},
		{[]string{"19.完善", "20.12345热线办结率不低于98%", "21.8所学校"}, []string{"19.", "20.", "21."}},
		{[]string{"4.保障", "4.1月度调度", "4.2组织"}, []string{"4.", "4.1", "4.2"}},
		{[]string{"3.保障", "4.1月底前完成"}, []string{"3.", "4."}},
		{[]string{"3.5组织", "3.6月度调度"}, []string{"3.5", "3.6"}},
		{[]string{"I. Purpose", "II. Actions", "IV. Contacts"}, []string{"I.", "II.", "IV."}},
		{[]string{"1 实施工业强市战略", "2 推进科技创新", "2 个月内完成", "9 月底前完成"}, []string{"1", "2", "", ""}},
		{[]string{"H. Homes", "I. Income"}, []string{"H.", "I."}},
	} {
		var run numbers
		for i, line := range c.lines {
			l, _ := run.read(line)
			if l.text != c.want[i] {
				t.Errorf("%q in %q: %q, want %q", line, c.lines, l.text, c.want[i])
			}
			if c.want[i] == "IV." && (l.style != styleRomanUp || l.n != 4) || line == "I. Income" && (l.style != styleLetter || l.n != 9) {
				t.Errorf("%q: %+v", line, l)
			}
		}
	}
}

func TestDocumentNumbers(t *testing.T) {
	for _, c := range []struct {
		text, number string
		unsure       bool
	}{
		{"国发〔2020〕6号", "国发〔2020〕6号", false},
		{"云政办发[2026]12号", "云政办发〔2026〕12号", false},
		{"云政函（２０２６）第８号", "云政函〔2026〕8号", false},
		{"云教高教【2026】29号", "云教高教〔2026〕29号", false},
		{"云办函38号", "云办函38号", true},
		{"云政办〔20263", "云政办〔2026〕3号", true},
		{"云政发〔202697号", "云政发〔2026〕97号", true},
		{"〔2026〕7号", "〔2026〕7号", false},
		{"市督查室〔2026〕批字第37号", "市督查室〔2026〕批字第37号", false},
		{"编号：督〔2026〕118号", "督〔2026〕118号", false},
		{"第一中学", "", false},
		{"关于做好防汛工作的通知", "", false},
	} {
		number, unsure, _ := numberLine(c.text)
		if number != c.number || unsure != c.unsure {
			t.Errorf("%q: %q %v, want %q %v", c.text, number, unsure, c.number, c.unsure)
		}
	}
}

func TestDates(t *testing.T) {
	for text, want := range map[string]string{
		"二〇二六年三月五日":     "2026-03-05",
		"二○○四年六月二十六日":   "2004-06-26",
		"２０２６年１２月３１日":   "2026-12-31",
		"2026年 3 月 5 日": "2026-03-05",
		"3 March 2026":  "2026-03-03",
		"March 3, 2026": "2026-03-03",
		"1st May 2026":  "2026-05-01",
		"2026年13月1日":    "",
	} {
		if got := readDate(text).String(); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestColumnHeads(t *testing.T) {
	for head, want := range map[string]field{
		"牵 头 单 位": fieldLead, "责任单位": fieldResponsible, "配合部门": fieldSupport, "完成时限（月）": fieldDue,
		"主要任务": fieldTask, "具体举措": fieldDetail, "序 号": fieldNo, "分管领导": fieldLeader, "备注": fieldOther,
		"Lead Officer": fieldLead, "By when": fieldDue, "Success Measure": fieldMeasure, "Key partners": fieldSupport,
		"**Milestone**": fieldTask, "Target Date": fieldDue, "Cost": fieldOther, "年末数": fieldNone,
	} {
		if got := fieldOf(head); got != want {
			t.Errorf("%q: %q, want %q", head, got, want)
		}
	}
}
