package typeset

import (
	"fmt"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
)

var made = time.Date(2026, 10, 9, 8, 30, 0, 0, time.UTC)

func day(m time.Month, d int) docket.Date { return docket.NewDate(2026, m, d) }

// minutes are made-up minutes of about two pages.
func minutes() *Doc {
	return &Doc{Lang: "zh", Style: Official, Title: "市政府工作座谈会纪要", Issuer: "云州市人民政府办公室", Made: made, Blocks: []Block{
		Masthead{Text: "云州市人民政府专题会议纪要", Number: "第3期", Left: "云州市人民政府办公室", Right: "2026年10月9日"},
		Title{"三季度重点工作推进座谈会纪要"},
		Para{Runs: Text("2026年10月9日上午，市长李明主持召开三季度重点工作推进座谈会，听取9个单位工作汇报，研究部署四季度工作。现将会议议定事项纪要如下：")},
		Heading{Level: 1, Text: "关于义务教育学校建设", Numbered: true},
		Para{Runs: Text("会议认为，今年以来市教育局会同有关部门扎实推进学校建设，已开工5所、建成2所，但仍有3所进度滞后。会议指出，“好学校”要建在群众家门口，各有关单位要倒排工期、挂图作战。")},
		Heading{Level: 2, Text: "建设任务", Numbered: true},
		Para{Runs: Text("由市教育局牵头，市财政局配合，于2026年12月20日前建成3所义务教育学校，新增学位4,500个；市住建局每周通报一次进度。")},
		Heading{Level: 2, Text: "资金保障", Numbered: true},
		Para{Runs: []Run{{Text: "由市财政局于10月31日前拨付建设资金"}, {Text: "2.35亿元", Bold: true}, {Text: "，超支部分由市教育局另行报告。"}}},
		Heading{Level: 3, Text: "资金拨付按工程进度分三次进行。", Numbered: true},
		Heading{Level: 4, Text: "首次拨付不低于百分之四十。", Numbered: true},
		Heading{Level: 1, Text: "关于老旧小区改造", Numbered: true},
		Para{Runs: Text("会议听取了市住建局关于老旧小区改造情况的汇报。会议强调，改造工作涉及千家万户，要坚持先地下后地上、先民生后提升，确保年底前完成全年120个小区的改造任务。会议原则同意市住建局提出的“四季度攻坚方案”，由市住建局按程序报批后实施；（Northford 模式的做法可供参考）。")},
		Heading{Level: 1, Text: "关于下一步工作", Numbered: true},
		Para{Runs: Text("会议要求，各单位要对照年初目标逐项盘点，凡进度滞后的，要在3个工作日内向市政府督查室说明原因，并提出补救措施。市政府督查室要跟踪督办，每月向市政府报告一次。")},
		Para{Runs: Text(strings.Repeat("各级各部门要切实提高政治站位，压实工作责任，加强协同配合，形成工作合力，确保各项任务落到实处、取得实效。", 4))},
		Attachments{Items: []string{"三季度重点工作完成情况汇总表", "四季度重点工作任务分解及责任单位、完成时限一览表（征求意见稿）"}},
		Signature{Unit: "云州市人民政府办公室", Date: "2026年10月9日"},
		Labelled{Label: "出席：", Runs: Text("李明、王芳、张建国、陈晓东、刘洋、赵敏、孙志强、周丽、吴海涛、郑爱民、冯刚、褚卫东、卫国平")},
		Labelled{Label: "请假：", Runs: Text("蒋文（市卫生健康委）")},
		Labelled{Label: "列席：", Runs: Text("沈涛、韩雪")},
		Imprint{Lines: []string{"分送：市委办公室，市人大常委会办公室，市政协办公室，各县（区）人民政府，市政府各部门。"}, Office: "云州市人民政府办公室", Date: "2026年10月12日印发"},
	}}
}

func trajectory(lang string) Trajectory {
	names, label, unit := Names{"计划", "实际", "预测", "截至10月9日"}, "目标", "所"
	if lang == "en" {
		names, label, unit = Names{"Planned", "Actual", "Forecast", "As of 9 October"}, "Target", "schools"
	}
	return Trajectory{Unit: unit, Names: names, AsOf: day(10, 9), Target: &Level{20, label},
		Planned: []Point{{day(1, 1), 0}, {day(4, 1), 4}, {day(7, 1), 9}, {day(10, 1), 15}, {day(12, 31), 20}},
		Actual:  []Point{{day(1, 1), 0}, {day(3, 1), 2}, {day(5, 1), 4}, {day(7, 1), 6}, {day(8, 15), 9}, {day(10, 9), 11}},
		Band:    []Range{{day(10, 9), 11, 11}, {day(11, 15), 12, 16}, {day(12, 31), 14, 21}}}
}

func bars(lang string) Bars {
	b := Bars{Shares: false, Parts: []Part{{"逾期", "■", Red}, {"临期", "▲", Amber}, {"正常", "●", Green}, {"办结", "✓", Blue}, {"未开始", "○", Grey}}}
	units := []string{"市教育局", "市财政局", "市住房和城乡建设局", "市卫生健康委员会", "市交通运输局", "市民政局", "市水务局", "市生态环境局", "市文化和旅游局"}
	if lang == "en" {
		b.Parts = []Part{{"Late", "■", Red}, {"Due soon", "▲", Amber}, {"On track", "●", Green}, {"Done", "✓", Blue}, {"Not begun", "○", Grey}}
		units = []string{"Education", "Finance", "Housing and Building", "Public Health", "Transport", "Social Care", "Water", "Environment", "Culture"}
	}
	for i, u := range units {
		b.Rows = append(b.Rows, Bar{u, []float64{float64(i % 4), float64((i * 3) % 5), float64(12 - i), float64(5 + i*2), float64(i % 3)}})
	}
	return b
}

// pack is a made-up pack of n pages, one unit each.
func pack(lang string, n int) *Doc {
	zh := lang == "zh"
	pick := func(a, b string) string {
		if zh {
			return a
		}
		return b
	}
	d := &Doc{Lang: lang, Title: pick("三季度盘点材料", "Third quarter stocktake"), Issuer: pick("云州市政府督查室", "Northford Delivery Unit"), Made: made,
		Header: pick("云州市三季度盘点 · 2026年10月9日8:30数据", "Northford third quarter stocktake · figures of 9 October 2026, 8:30"), Footer: pick("仅供会议使用", "For the meeting only")}
	for i := range n {
		if i > 0 {
			d.Blocks = append(d.Blocks, PageBreak{})
		}
		lamp := func(s string, c Tone) []Run { return []Run{{Text: s, Color: c}} }
		rows := [][]Cell{
			{{Runs: Text("2026-0007")}, {Runs: Text(pick("建成3所义务教育学校", "Open three schools"))}, {Runs: Text("2026-12-20")}, {Runs: Text("11 / 15"), Align: Right}, {Runs: lamp("■ "+pick("逾期8天", "8 days late"), Red), Shade: Red}},
			{{Runs: Text("2026-0012")}, {Runs: Text(pick("新增学位4,500个，其中市区不少于3,000个", "Add 4,500 places, of which at least 3,000 in the inner city"))}, {Runs: Text("2026-12-31")}, {Runs: Text("3,100"), Align: Right}, {Runs: lamp("▲ "+pick("临期", "due soon"), Amber)}},
			{{Runs: Text("2026-0019")}, {Runs: Text(pick("校车安全专项检查", "Check every school bus"))}, {Runs: Text("2026-10-30")}, {Runs: Text("100 %"), Align: Right}, {Runs: lamp("● "+pick("正常", "on track"), Green)}},
			{{Runs: []Run{{Text: pick("合计", "Total"), Bold: true}}, Span: 3}, {Runs: Text("62"), Align: Right}, {Runs: lamp("○ ◌ ✓ ★", Grey)}},
		}
		if i == 0 {
			d.Blocks = append(d.Blocks, Title{d.Title}, Heading{Level: 1, Text: pick("总体情况", "At a glance")},
				Chart{Title: pick("各单位事项状态", "State of matters by unit"), Plot: bars(lang)})
		} else {
			d.Blocks = append(d.Blocks, Heading{Level: 1, Text: fmt.Sprintf(pick("市教育局（%d）", "Education (%d)"), i)},
				Chart{Title: pick("学校建设：计划与实际", "Schools opened: planned and actual"), Plot: trajectory(lang)})
		}
		d.Blocks = append(d.Blocks,
			Heading{Level: 2, Text: pick("重点事项", "Matters to look at")},
			Table{Widths: []float64{13, 40, 14, 12, 17}, Head: []string{pick("编号", "No."), pick("事项", "Matter"), pick("时限", "Due"), pick("进度", "Progress"), pick("状态", "Lamp")}, Rows: rows},
			Heading{Level: 2, Text: pick("值得追问", "Questions worth asking")},
			List{Ordered: true, Items: []Para{
				{Runs: Text(pick("三所学校8月以来进度停滞，主要原因是什么？目前采取了哪些措施，年底前能否如期建成？", "Three schools have stood still since August: what is the reason, what has been done, and will they open by the end of the year?"))},
				{Runs: []Run{{Text: pick("资金缺口0.35亿元", "A gap of 35 million"), Bold: true}, {Text: pick("由谁承担？", ": who is going to carry it?")}, {Text: pick("（来源：承诺未兑现）", " (source: broken commitment)"), Muted: true}}},
			}},
			Para{Runs: []Run{{Text: pick("上季度承诺", "Last quarter's commitments"), Underline: true}, {Text: pick("：兑现3项，逾期1项，未兑现1项。", ": three kept, one late, one broken. ")}, {Text: pick("数据来自台账。", "Figures are the docket’s own, “not the statement’s” … it’s so."), Italic: true}}})
	}
	return d
}
