package docx

import (
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/docket-os/docket/internal/paper/opc"
)

// style is what we use of one style of styles.xml (17.7).
type style struct {
	name    string // as shown, lower case: "heading 1", "toc 2"
	based   string
	outline int // 0-based; -1 when not set
	numID   string
	ilvl    int // -1 when not set
	bold    toggle
	struck  toggle
}

// toggle is a property that may be on, off or not set.
type toggle int8

func toggleOf(s xml.StartElement) toggle {
	switch opc.Attr(s, "val") {
	case "0", "false", "off":
		return -1
	}
	return 1
}

// or is t, or u where t is not set.
func (t toggle) or(u toggle) toggle {
	if t != 0 {
		return t
	}
	return u
}

type styles struct {
	byID map[string]*style
	def  string // id of the default paragraph style
}

// maxBased bounds the chain of styles based on each other; circles end there.
const maxBased = 20

// chain goes through a style and those it is based on until fn is satisfied.
func (st *styles) chain(id string, fn func(id string, s *style) bool) {
	for range maxBased {
		s := st.byID[id]
		if s == nil || fn(id, s) {
			return
		}
		id = s.based
	}
}

func (st *styles) outline(id string) int {
	level := -1
	st.chain(id, func(_ string, s *style) bool {
		level = s.outline
		if n, ok := strings.CutPrefix(s.name, "heading "); ok && level < 0 {
			if v, err := strconv.Atoi(n); err == nil && v >= 1 && v <= 9 {
				level = v - 1
			}
		}
		return level >= 0
	})
	return level
}

func (st *styles) isTOC(id string) bool {
	s := st.byID[id]
	return s != nil && strings.HasPrefix(s.name, "toc ")
}

// dress is the bold and struck of a style, as far as set.
func (st *styles) dress(id string) (bold, struck toggle) {
	st.chain(id, func(_ string, s *style) bool {
		bold, struck = bold.or(s.bold), struck.or(s.struck)
		return bold != 0 && struck != 0
	})
	return bold, struck
}

func readStyles(p *opc.Package, part string) (*styles, error) {
	st := &styles{byID: map[string]*style{}}
	if part == "" {
		return st, nil
	}
	x, err := p.XML(part)
	if err != nil {
		return nil, err
	}
	defer x.Close()
	var cur *style
	for {
		s, err := x.NextStart()
		if err != nil {
			return st, eof(err)
		}
		if s.Name.Local == "style" {
			cur = &style{outline: -1, ilvl: -1}
			st.byID[opc.Attr(s, "styleId")] = cur
			if d := opc.Attr(s, "default"); opc.Attr(s, "type") == "paragraph" && (d == "1" || d == "true") {
				st.def = opc.Attr(s, "styleId")
			}
			continue
		}
		if s.Name.Local == "tblStylePr" {
			cur = nil // conditional formats of a table style: not the style's own
		}
		if cur != nil {
			cur.set(s)
		}
	}
}

func (c *style) set(s xml.StartElement) {
	switch s.Name.Local {
	case "name":
		c.name = strings.ToLower(opc.Attr(s, "val"))
	case "basedOn":
		c.based = opc.Attr(s, "val")
	case "outlineLvl":
		if v, err := strconv.Atoi(opc.Attr(s, "val")); err == nil && v >= 0 && v < 9 {
			c.outline = v
		}
	case "numId":
		c.numID = opc.Attr(s, "val")
	case "ilvl":
		c.ilvl = level(opc.Attr(s, "val"))
	case "b":
		c.bold = toggleOf(s)
	case "strike", "dstrike":
		c.struck = toggleOf(s)
	}
}

// level reads a numbering level, 0 to 8.
func level(v string) int {
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 || n > 8 {
		return 0
	}
	return n
}
