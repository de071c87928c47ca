package reading_test

import (
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/reading"
)

func TestUnknownUnitsAreTold(t *testing.T) {
	doc := parse(t, "list.txt", "云州市工作清单\n1.修订预案。（市应急管理局牵头，市气象台、各有关部门配合）\n")
	res := reading.Read(doc, reading.Options{Known: func(name string) bool { return name == "市应急管理局" }})
	var unknown []string
	for _, c := range res.Clauses {
		for _, task := range c.Tasks {
			for _, f := range task.Findings {
				if f.Code == docket.FindUnknownUnit {
					unknown = append(unknown, f.Args["name"])
				}
			}
		}
	}
	if len(unknown) != 1 || unknown[0] != "市气象台" {
		t.Errorf("unknown units %q; a group is not looked up, a known unit not told", unknown)
	}
}

// TestHeadingsOfOneDepth: a style sheet that knows one level of heading does not
// flatten 一、 and （一）.
func TestHeadingsOfOneDepth(t *testing.T) {
	doc := &paper.Document{Format: "docx", Blocks: []paper.Block{
		{Text: "云州市工作方案", Kind: paper.Heading, Level: 1},
		{Text: "一、重点任务", Kind: paper.Heading, Level: 2},
		{Text: "（一）改善出行", Kind: paper.Heading, Level: 2},
		{Text: "1.新建站台30座。", Kind: paper.ListItem},
		{Text: "（二）服务老人", Kind: paper.Heading, Level: 2},
		{Text: "2.新增食堂20家。", Kind: paper.ListItem},
	}}
	res := reading.Read(doc, reading.Options{})
	checkInvariants(t, doc, res)
	var parents []int
	for _, c := range res.Clauses {
		parents = append(parents, c.Parent)
	}
	want := []int{-1, -1, 1, 2, 1, 4}
	for i, p := range want {
		if parents[i] != p {
			t.Fatalf("parents %v, want %v", parents, want)
		}
	}
}
