package typeset

import (
	"fmt"
	"strings"
	"time"
)

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	nsW     = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	nsAll   = nsW + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
		` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"` +
		` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"`
	relBase  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	typeBase = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// related are the parts beside the document: name, kind of relation, content type.
var related = []struct{ id, name, kind, content string }{
	{"styles", "styles.xml", "styles", typeBase + "styles+xml"},
	{"numbering", "numbering.xml", "numbering", typeBase + "numbering+xml"},
	{"settings", "settings.xml", "settings", typeBase + "settings+xml"},
	{"fonts", "fontTable.xml", "fontTable", typeBase + "fontTable+xml"},
	{"head", "header.xml", "header", typeBase + "header+xml"},
	{"foot", "footer.xml", "footer", typeBase + "footer+xml"},
	{"footEven", "footerEven.xml", "footer", typeBase + "footer+xml"},
}

func (x *word) parts() []part {
	return []part{
		{"[Content_Types].xml", contentTypes()},
		{"_rels/.rels", packageRels()},
		{"word/document.xml", x.document()},
		{"word/_rels/document.xml.rels", x.rels()},
		{"word/styles.xml", x.styles()},
		{"word/numbering.xml", x.numbering()},
		{"word/settings.xml", x.settings()},
		{"word/fontTable.xml", fontTable()},
		{"word/header.xml", x.header()},
		{"word/footer.xml", x.footer(false)},
		{"word/footerEven.xml", x.footer(true)},
		{"docProps/core.xml", x.core()},
		{"docProps/app.xml", xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Docket</Application></Properties>`},
	}
}

func contentTypes() string {
	var b strings.Builder
	b.WriteString(xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` +
		`<Override PartName="/word/document.xml" ContentType="` + typeBase + `document.main+xml"/>`)
	for _, r := range related {
		fmt.Fprintf(&b, `<Override PartName="/word/%s" ContentType="%s"/>`, r.name, r.content)
	}
	b.WriteString(`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
		`<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>`)
	return b.String()
}

const relsHead = xmlHead + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`

func packageRels() string {
	return relsHead + `<Relationship Id="doc" Type="` + relBase + `officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="core" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
		`<Relationship Id="app" Type="` + relBase + `extended-properties" Target="docProps/app.xml"/></Relationships>`
}

func (x *word) rels() string {
	var b strings.Builder
	b.WriteString(relsHead)
	for _, r := range related {
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s%s" Target="%s"/>`, r.id, relBase, r.kind, r.name)
	}
	for i := range x.charts {
		fmt.Fprintf(&b, `<Relationship Id="chart%[1]d" Type="%[2]simage" Target="media/chart%[1]d.png"/>`, i+1, relBase)
	}
	return b.String() + "</Relationships>"
}

func (x *word) core() string {
	made := x.doc.Made.UTC().Format(time.RFC3339)
	return xmlHead + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		`<dc:title>` + escape(oneLine(x.doc.Title)) + `</dc:title><dc:creator>` + escape(oneLine(x.doc.Issuer)) + `</dc:creator><dc:language>` + langTag(x.doc.Lang) + `</dc:language>` +
		`<dcterms:created xsi:type="dcterms:W3CDTF">` + made + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + made + `</dcterms:modified></cp:coreProperties>`
}

func (x *word) document() string {
	s := x.sheet
	orient, grid := "", ""
	if x.doc.Landscape {
		orient = ` w:orient="landscape"`
	}
	if s.style == Official { // the characters' pitch is in the styles: LibreOffice reckons a grid of characters otherwise than Word
		grid = fmt.Sprintf(`<w:docGrid w:type="lines" w:linePitch="%d"/>`, twips(officialLine))
	}
	even := ""
	if s.mirror {
		even = `<w:headerReference w:type="even" r:id="head"/><w:footerReference w:type="even" r:id="footEven"/>`
	}
	return xmlHead + "<w:document " + nsAll + "><w:body>" + x.b.String() +
		`<w:sectPr><w:headerReference w:type="default" r:id="head"/><w:footerReference w:type="default" r:id="foot"/>` + even +
		fmt.Sprintf(`<w:pgSz w:w="%d" w:h="%d"%s/>`, twips(s.w), twips(s.h), orient) +
		fmt.Sprintf(`<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>`,
			twips(s.top), twips(s.outside), twips(s.bottom), twips(s.inside), twips(s.head), twips(s.foot)) + grid +
		"</w:sectPr></w:body></w:document>"
}

// header is the running head; an empty one where there is none.
func (x *word) header() string {
	p := props{style: "Running"}
	if x.sheet.style == Plain && x.doc.Header != "" {
		p.border = edge("bottom", 3, 3, ink(Grey))
	}
	return xmlHead + "<w:hdr " + nsW + "><w:p>" + x.pPr(p) + x.running(x.doc.Header) + "</w:p></w:hdr>"
}

// running is a run of running text.
func (x *word) running(text string) string {
	text = oneLine(text)
	if text == "" {
		return ""
	}
	return fmt.Sprintf(`<w:r><w:rPr><w:sz w:val="%[1]d"/><w:szCs w:val="%[1]d"/></w:rPr><w:t xml:space="preserve">%[2]s</w:t></w:r>`, int(2*x.sheet.runningSize()), escape(text))
}

func (x *word) footer(even bool) string {
	s := x.sheet
	w, text := s.width(), x.running(x.doc.Footer)
	var content, tabs string
	if s.style == Official {
		in := s.looks[running].size
		center := fmt.Sprintf(`<w:tab w:val="center" w:pos="%d"/>`, twips(w/2))
		page := x.runs(Text("— "), nil) + field("PAGE") + x.runs(Text(" —"), nil)
		if even {
			tabs, content = fmt.Sprintf(`<w:tab w:val="left" w:pos="%d"/>`, twips(in))+center, tabRun+page+tabRun+text
		} else {
			tabs, content = center+fmt.Sprintf(`<w:tab w:val="right" w:pos="%d"/>`, twips(w-in)), tabRun+text+tabRun+page
		}
	} else {
		tabs = fmt.Sprintf(`<w:tab w:val="right" w:pos="%d"/>`, twips(w))
		content = text + tabRun + field("PAGE") + x.runs(Text(" / "), nil) + field("NUMPAGES")
	}
	return xmlHead + "<w:ftr " + nsW + "><w:p>" + x.pPr(props{style: "Running", tabs: tabs}) + content + "</w:p></w:ftr>"
}

func field(name string) string {
	return `<w:fldSimple w:instr=" ` + name + ` "><w:r><w:t>1</w:t></w:r></w:fldSimple>`
}

func (x *word) settings() string {
	mirror := ""
	if x.sheet.mirror {
		mirror = "<w:mirrorMargins/>"
	}
	evenOdd := ""
	if x.sheet.mirror {
		evenOdd = "<w:evenAndOddHeaders/>"
	}
	return xmlHead + "<w:settings " + nsW + `><w:zoom w:percent="100"/>` + mirror + `<w:defaultTabStop w:val="420"/>` + evenOdd +
		`<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
		`<w:themeFontLang w:val="en-GB" w:eastAsia="zh-CN"/></w:settings>`
}
