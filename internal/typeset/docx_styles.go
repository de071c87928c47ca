package typeset

import (
	"fmt"
	"math"
	"strings"
)

func (x *word) styles() string {
	s := x.sheet
	base := s.looks[body]
	var b strings.Builder
	b.WriteString(xmlHead + "<w:styles " + nsW + "><w:docDefaults><w:rPrDefault><w:rPr>" + rFonts(base.face) +
		fmt.Sprintf(`<w:sz w:val="%[1]d"/><w:szCs w:val="%[1]d"/><w:lang w:val="%[2]s" w:eastAsia="zh-CN" w:bidi="ar-SA"/>`, int(2*base.size), latinLang(s.lang)) +
		"</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>" + widow(s) + "</w:pPr></w:pPrDefault></w:docDefaults>")
	b.WriteString(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>`)
	for r := range roles {
		b.WriteString(x.style(r))
	}
	b.WriteString(`<w:style w:type="paragraph" w:customStyle="1" w:styleId="Gap"><w:name w:val="Gap"/><w:basedOn w:val="Normal"/><w:pPr><w:snapToGrid w:val="0"/></w:pPr><w:rPr><w:sz w:val="2"/></w:rPr></w:style>`)
	b.WriteString(`<w:style w:type="paragraph" w:customStyle="1" w:styleId="Figure"><w:name w:val="Figure"/><w:basedOn w:val="Normal"/><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:after="160"/></w:pPr></w:style>`)
	return b.String() + "</w:styles>"
}

// latinLang is the language of text that is not Chinese.
func latinLang(lang string) string {
	if lang == "zh" {
		return "en-US" // Word's own choice beside Chinese
	}
	return langTag(lang)
}

// widow turns Word's care for lonely lines off where 22 lines are to stand on a page.
func widow(s *sheet) string {
	if s.style == Official {
		return `<w:widowControl w:val="0"/>`
	}
	return "<w:widowControl/>"
}

// builtIn are the styles every Word knows under these names.
var builtIn = "|BodyText|Heading1|Heading2|Heading3|Heading4|Title|ListParagraph|Caption|Signature|"

// style is a role as a style.
func (x *word) style(r role) string {
	s, l := x.sheet, x.sheet.looks[r]
	var b strings.Builder
	custom := ` w:customStyle="1"`
	if strings.Contains(builtIn, "|"+l.id+"|") {
		custom = ""
	}
	fmt.Fprintf(&b, `<w:style w:type="paragraph"%s w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/>`, custom, l.id, l.name)
	if l.outline > 0 {
		b.WriteString(`<w:next w:val="BodyText"/>`)
	}
	b.WriteString("<w:qFormat/><w:pPr>")
	if l.keep {
		b.WriteString("<w:keepNext/><w:keepLines/>")
	}
	if s.style == Official && l.size != officialSize {
		b.WriteString(`<w:snapToGrid w:val="0"/>`)
	}
	fmt.Fprintf(&b, `<w:spacing w:before="%d" w:after="%d"`, twips(l.before), twips(l.after))
	if l.line > 0 {
		fmt.Fprintf(&b, ` w:line="%d" w:lineRule="exact"`, twips(l.line))
	}
	b.WriteString("/>")
	if l.indent > 0 {
		fmt.Fprintf(&b, `<w:ind w:firstLineChars="%d" w:firstLine="%d"/>`, int(l.indent*100), twips(x.sheet.firstIndent(r)))
	}
	fmt.Fprintf(&b, `<w:jc w:val="%s"/>`, jc(s.alignOf(l)))
	if l.outline > 0 {
		fmt.Fprintf(&b, `<w:outlineLvl w:val="%d"/>`, l.outline-1)
	}
	b.WriteString("</w:pPr><w:rPr>" + rFonts(l.face))
	if l.bold {
		b.WriteString("<w:b/><w:bCs/>")
	}
	if r == masthead {
		b.WriteString(`<w:color w:val="` + hex(redHead) + `"/>`)
	} else if l.color != Inherit {
		b.WriteString(`<w:color w:val="` + hex(ink(l.color)) + `"/>`)
	}
	if l.size == officialSize && s.pitch > 0 { // rounded down to a twentieth of a point, so that 28 characters fit
		fmt.Fprintf(&b, `<w:spacing w:val="%d"/>`, int(math.Floor((s.pitch-l.size)*20)))
	}
	if l.size > 0 {
		fmt.Fprintf(&b, `<w:sz w:val="%[1]d"/><w:szCs w:val="%[1]d"/>`, int(2*l.size))
	}
	return b.String() + "</w:rPr></w:style>"
}

// The numberings: of headings, of bullets, and one for each numbered list.
const (
	headingList = 1
	bulletList  = 2
	orderedList = 3
)

func (x *word) numbering() string {
	var b strings.Builder
	b.WriteString(xmlHead + "<w:numbering " + nsW + ">")
	b.WriteString(`<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="multilevel"/>`)
	for n := range 4 {
		b.WriteString(x.headingLevel(n))
	}
	b.WriteString(`</w:abstractNum><w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="singleLevel"/>` + x.listLevel("bullet", "•") +
		`</w:abstractNum><w:abstractNum w:abstractNumId="3"><w:multiLevelType w:val="singleLevel"/>` + x.listLevel("decimal", "%1.") + `</w:abstractNum>`)
	b.WriteString(`<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>`)
	for i := range x.ordered {
		fmt.Fprintf(&b, `<w:num w:numId="%d"><w:abstractNumId w:val="3"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`, orderedList+i)
	}
	return b.String() + "</w:numbering>"
}

// headingLevel is level n (from 0) of the numbered headings.
func (x *word) headingLevel(n int) string {
	format, text, suffix := "decimal", [...]string{"%1.", "%1.%2", "%1.%2.%3", "%1.%2.%3.%4"}[n], "space"
	if x.sheet.lang == "zh" {
		text, suffix = [...]string{"%1、", "（%2）", "%3.", "（%4）"}[n], "nothing"
		if n < 2 {
			format = "chineseCounting"
		}
	}
	r := x.sheet.headingRole(n + 1)
	ind := fmt.Sprintf(`<w:ind w:left="0" w:firstLineChars="%d" w:firstLine="%d"/>`, int(x.sheet.looks[r].indent*100), twips(x.sheet.firstIndent(r)))
	return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:suff w:val="%s"/><w:lvlText w:val="%s"/><w:lvlJc w:val="left"/><w:pPr>%s</w:pPr></w:lvl>`, n, format, suffix, text, ind)
}

func (x *word) listLevel(format, text string) string {
	suffix := "nothing"
	ind := fmt.Sprintf(`<w:ind w:left="0" w:firstLineChars="200" w:firstLine="%d"/>`, twips(x.sheet.firstIndent(item)))
	if x.sheet.style == Plain {
		hang := x.sheet.listHang(0)
		suffix, ind = "tab", fmt.Sprintf(`<w:ind w:left="%d" w:hanging="%d"/>`, twips(hang), twips(hang-2))
	}
	return fmt.Sprintf(`<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:suff w:val="%s"/><w:lvlText w:val="%s"/><w:lvlJc w:val="left"/><w:pPr>%s</w:pPr></w:lvl>`, format, suffix, text, ind)
}

// fontTable names the fonts and what may stand in for them where an office has
// not bought them.
func fontTable() string {
	var b strings.Builder
	b.WriteString(xmlHead + "<w:fonts " + nsW + ">")
	for _, f := range []struct{ name, alt, family, pitch, charset string }{
		{"仿宋_GB2312", "FangSong", "modern", "fixed", "86"},
		{"楷体_GB2312", "KaiTi", "modern", "fixed", "86"},
		{"方正小标宋简体", "SimSun", "script", "fixed", "86"},
		{"黑体", "SimHei", "modern", "fixed", "86"},
		{"宋体", "SimSun", "auto", "variable", "86"},
		{"微软雅黑", "Microsoft YaHei", "swiss", "variable", "86"},
		{"Times New Roman", "", "roman", "variable", "00"},
		{"Arial", "", "swiss", "variable", "00"},
	} {
		fmt.Fprintf(&b, `<w:font w:name="%s">`, f.name)
		if f.alt != "" {
			fmt.Fprintf(&b, `<w:altName w:val="%s"/>`, f.alt)
		}
		fmt.Fprintf(&b, `<w:charset w:val="%s"/><w:family w:val="%s"/><w:pitch w:val="%s"/></w:font>`, f.charset, f.family, f.pitch)
	}
	return b.String() + "</w:fonts>"
}
