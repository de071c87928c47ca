package markup

import (
	"fmt"
	"strings"
	"testing"

	"github.com/docket-os/docket/internal/paper"
)

// read reads data under a name with this package's readers.
func read(t *testing.T, name, data string) *paper.Document {
	t.Helper()
	doc, err := Readers().Read(t.Context(), paper.Bytes(name, []byte(data)), paper.Limits{})
	if err != nil {
		t.Fatalf("read %s: %v", name, err)
	}
	return doc
}

var visible = strings.NewReplacer("\n", "⏎", "\t", "⇥")

// show writes blocks one a line: kind and level, line number, text.
func show(d *paper.Document) string {
	names := map[paper.Kind]string{paper.Paragraph: "p", paper.Heading: "h", paper.ListItem: "li", paper.TableBlock: "table", paper.Furniture: "aside"}
	var b strings.Builder
	for _, k := range d.Blocks {
		level := ""
		if k.Kind == paper.Heading || k.Kind == paper.ListItem {
			level = fmt.Sprint(k.Level)
		}
		fmt.Fprintf(&b, "%s%s %d \"%s\"", names[k.Kind], level, k.Line, visible.Replace(k.Text))
		for _, s := range k.Bold {
			fmt.Fprintf(&b, " bold=%q", k.Text[s.Start:s.End])
		}
		for _, s := range k.Struck {
			fmt.Fprintf(&b, " struck=%q", k.Text[s.Start:s.End])
		}
		if k.Label != "" {
			fmt.Fprintf(&b, " label=%q", k.Label)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func want(t *testing.T, d *paper.Document, lines ...string) {
	t.Helper()
	if got, w := show(d), strings.Join(lines, "\n")+"\n"; got != w {
		t.Errorf("got\n%swant\n%s", got, w)
	}
}
