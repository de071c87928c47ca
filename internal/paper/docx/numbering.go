package docx

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/docket-os/docket/internal/paper/opc"
)

// lvl is one level of a numbering definition (17.9.6).
type lvl struct {
	start   int
	format  string
	text    string // "%1、": %n is the number of level n
	suffix  string // tab, space, nothing
	legal   bool   // isLgl: all numbers as digits
	pStyle  string // paragraph style tied to the level
	restart int    // level whose use restarts it; -1 when not set, 0 for never
}

type abstractNum struct {
	levels    [9]lvl
	styleLink string // numStyleLink: the definition is that of a numbering style
}

type num struct {
	abstract string
	starts   map[int]int // startOverride
	levels   map[int]lvl // levels replaced whole
}

// numbering computes the automatic numbers of paragraphs in document order
// (17.9). Lists of the same abstract definition count on together.
type numbering struct {
	abstracts map[string]*abstractNum
	nums      map[string]*num
	styles    *styles
	counts    map[string]*[9]int // per abstract definition; 0 = not begun … kept +1
	overrides map[string]bool    // nums whose startOverride was applied
}

// fresh is the same numbering with nothing counted yet, for side parts.
func (n *numbering) fresh() *numbering {
	c := *n
	c.counts, c.overrides = map[string]*[9]int{}, map[string]bool{}
	return &c
}

func readNumbering(p *opc.Package, part string, st *styles) (*numbering, error) {
	n := &numbering{abstracts: map[string]*abstractNum{}, nums: map[string]*num{}, styles: st, counts: map[string]*[9]int{}, overrides: map[string]bool{}}
	if part == "" {
		return n, nil
	}
	x, err := p.XML(part)
	if err != nil {
		return nil, err
	}
	defer x.Close()
	if _, err := x.NextStart(); err != nil {
		return n, eof(err)
	}
	return n, x.Children(func(s xml.StartElement) error {
		switch s.Name.Local {
		case "abstractNum":
			return n.readAbstract(x, opc.Attr(s, "abstractNumId"))
		case "num":
			return n.readNum(x, opc.Attr(s, "numId"))
		}
		return x.Skip()
	}, nil)
}

func (n *numbering) readAbstract(x *opc.XML, id string) error {
	a := &abstractNum{}
	for i := range a.levels {
		a.levels[i] = lvl{start: 1, format: "decimal", restart: -1}
	}
	n.abstracts[id] = a
	return x.Children(func(s xml.StartElement) error {
		switch s.Name.Local {
		case "lvl":
			l, err := readLevel(x)
			a.levels[level(opc.Attr(s, "ilvl"))] = l
			return err
		case "numStyleLink":
			a.styleLink = opc.Attr(s, "val")
		}
		return x.Skip()
	}, nil)
}

func readLevel(x *opc.XML) (lvl, error) {
	l := lvl{start: 1, format: "decimal", restart: -1}
	err := x.Children(func(s xml.StartElement) error {
		v := opc.Attr(s, "val")
		switch s.Name.Local {
		case "start":
			l.start, _ = strconv.Atoi(v)
		case "numFmt":
			l.format = v
		case "lvlText":
			l.text = v
		case "suff":
			l.suffix = v
		case "isLgl":
			l.legal = toggleOf(s) > 0
		case "pStyle":
			l.pStyle = v
		case "lvlRestart":
			l.restart, _ = strconv.Atoi(v)
		case "AlternateContent": // a custom format with a plain one to fall back on
			return x.Children(func(c xml.StartElement) error {
				return x.Children(func(s xml.StartElement) error {
					if s.Name.Local == "numFmt" && opc.Attr(s, "val") != "custom" {
						l.format = opc.Attr(s, "val")
					}
					return x.Skip()
				}, nil)
			}, nil)
		}
		return x.Skip()
	}, nil)
	return l, err
}

func (n *numbering) readNum(x *opc.XML, id string) error {
	m := &num{starts: map[int]int{}, levels: map[int]lvl{}}
	n.nums[id] = m
	return x.Children(func(s xml.StartElement) error {
		switch s.Name.Local {
		case "abstractNumId":
			m.abstract = opc.Attr(s, "val")
		case "lvlOverride":
			at := level(opc.Attr(s, "ilvl"))
			return x.Children(func(s xml.StartElement) error {
				switch s.Name.Local {
				case "startOverride":
					m.starts[at], _ = strconv.Atoi(opc.Attr(s, "val"))
				case "lvl":
					l, err := readLevel(x)
					m.levels[at] = l
					return err
				}
				return x.Skip()
			}, nil)
		}
		return x.Skip()
	}, nil)
}

// resolve finds the definition behind a num, following links to numbering
// styles; circles end in nothing.
func (n *numbering) resolve(numID string) (m *num, abstractID string, a *abstractNum) {
	m = n.nums[numID]
	for at := m; at != nil; {
		a = n.abstracts[at.abstract]
		if a == nil || a.styleLink == "" {
			return m, at.abstract, a
		}
		s := n.styles.byID[a.styleLink]
		if s == nil || n.nums[s.numID] == nil || n.nums[s.numID].abstract == at.abstract {
			return m, at.abstract, a
		}
		next := n.nums[s.numID]
		if b := n.abstracts[next.abstract]; b != nil && b.styleLink != "" {
			return m, next.abstract, b // a link to a link: not followed further
		}
		at = next
	}
	return nil, "", nil
}

// of tells which list and level a paragraph belongs to: its own numPr first,
// else that of its style, whose level is the one tied to the style.
func (n *numbering) of(numID string, ilvl int, styleID string) (string, int) {
	if numID != "" {
		return numID, max(ilvl, 0)
	}
	n.styles.chain(styleID, func(id string, s *style) bool {
		if s.numID == "" {
			return false
		}
		numID, ilvl = s.numID, max(s.ilvl, 0)
		if _, _, a := n.resolve(numID); a != nil {
			for i := range a.levels {
				if p := a.levels[i].pStyle; p != "" && (p == styleID || p == id) {
					ilvl = i
					break
				}
			}
		}
		return true
	})
	return numID, ilvl
}

// next counts one paragraph and returns its label and what stands between label
// and text; both are empty for bullets and for paragraphs in no list.
func (n *numbering) next(numID string, at int) (label, gap string) {
	m, id, a := n.resolve(numID)
	if a == nil || numID == "0" {
		return "", ""
	}
	counts := n.counts[id]
	if counts == nil {
		counts = new([9]int)
		n.counts[id] = counts
	}
	get := func(i int) lvl {
		if l, ok := m.levels[i]; ok {
			return l
		}
		return a.levels[i]
	}
	begin := func(i int) int {
		if v, ok := m.starts[i]; ok {
			return v
		}
		return get(i).start
	}
	if !n.overrides[numID] {
		n.overrides[numID] = true
		for i := range m.starts {
			counts[i] = 0
		}
	}
	n.count(counts, at, get, begin)
	l := get(at)
	if l.format == "bullet" {
		return "", ""
	}
	label = labelText(l, func(i int) (string, int) {
		f := get(i).format
		if l.legal && f != "none" {
			f = "decimal"
		}
		return f, counts[i] - 1
	})
	return label, gapAfter(l, label)
}

// count moves the counters on. They hold the number plus one, 0 for not begun.
func (n *numbering) count(counts *[9]int, at int, get func(int) lvl, begin func(int) int) {
	for i := range at {
		if counts[i] == 0 {
			counts[i] = begin(i) + 1
		}
	}
	if counts[at] == 0 {
		counts[at] = begin(at) + 1
	} else {
		counts[at]++
	}
	for i := at + 1; i < len(counts); i++ {
		if r := get(i).restart; r == 0 || r > 0 && at >= r {
			continue
		}
		counts[i] = 0
	}
}

// labelText fills %1 … %9 of a level's text.
func labelText(l lvl, of func(i int) (format string, n int)) string {
	var b strings.Builder
	for i := 0; i < len(l.text); i++ {
		if l.text[i] == '%' && i+1 < len(l.text) && l.text[i+1] >= '1' && l.text[i+1] <= '9' {
			b.WriteString(numeral(of(int(l.text[i+1] - '1'))))
			i++
			continue
		}
		b.WriteByte(l.text[i])
	}
	return strings.TrimSpace(b.String())
}

// gapAfter is a space, or nothing where the label ends in a sign that needs none.
func gapAfter(l lvl, label string) string {
	if label == "" || l.suffix == "nothing" {
		return ""
	}
	for _, end := range []string{"、", "）", "．", "。", "：", "〕", "】"} {
		if strings.HasSuffix(label, end) {
			return ""
		}
	}
	return " "
}

// eof takes the end of a part for success.
func eof(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
