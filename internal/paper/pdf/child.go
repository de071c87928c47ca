package pdf

import (
	"bufio"
	"bytes"
	"context"
	"encoding/gob"
	"encoding/json"
	"errors"
	"image/jpeg"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// ChildMain is the whole life of a child process; it returns the exit status.
// It speaks the protocol of job and reply on standard input and output.
func ChildMain() int {
	runtime.GOMAXPROCS(max(2, runtime.GOMAXPROCS(0))) // the watches run beside PDFium, which does not yield
	in := bufio.NewReaderSize(os.Stdin, 64<<10)
	line, err := in.ReadBytes('\n')
	var j job
	if err != nil || json.Unmarshal(line, &j) != nil {
		return 2
	}
	data := make([]byte, j.Size)
	if _, err := io.ReadFull(in, data); err != nil {
		return 2
	}
	time.AfterFunc(time.Duration(j.Seconds)*time.Second, func() { os.Exit(4) })
	go func() { // the parent closes the pipe when it has all, or dies
		_, _ = io.Copy(io.Discard, in)
		os.Exit(3)
	}()
	out := bufio.NewWriter(os.Stdout)
	c := &child{job: j, out: gob.NewEncoder(out)}
	end := c.work(data)
	end.Done = true
	if c.out.Encode(end) != nil || out.Flush() != nil {
		return 1
	}
	return 0
}

// child reads one file.
type child struct {
	job   job
	out   *gob.Encoder
	pdf   pdfium.Pdfium
	doc   references.FPDF_DOCUMENT
	chars int
}

// start brings PDFium up: no files mounted, memory bounded.
func (c *child) start() error {
	ctx := context.Background()
	rc := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling). // PDFium's setjmp
		WithMemoryLimitPages(c.job.Memory)
	if c.job.Cache != "" {
		if cache, err := wazero.NewCompilationCacheWithDir(c.job.Cache); err == nil {
			rc = rc.WithCompilationCache(cache)
		}
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context: ctx, MinIdle: 1, MaxIdle: 1, MaxTotal: 1, RuntimeConfig: rc,
		FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return err
	}
	c.pdf, err = pool.GetInstance(time.Duration(c.job.Seconds) * time.Second)
	return err
}

func (c *child) work(data []byte) reply {
	if err := c.start(); err != nil {
		return reply{Fault: "other"}
	}
	doc, err := c.pdf.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		return reply{Fault: "password"}
	case err != nil:
		return reply{Fault: "format"}
	}
	c.doc = doc.Document
	n, err := c.pdf.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: c.doc})
	if err != nil || n.PageCount == 0 {
		return reply{Fault: "format"}
	}
	if n.PageCount > c.job.Pages {
		return reply{Fault: "pages", Count: n.PageCount}
	}
	if c.job.Draw > 0 {
		return c.draw(n.PageCount)
	}
	for i := range n.PageCount {
		p, fault := c.page(i)
		if fault == "" && c.out.Encode(reply{Page: p}) != nil {
			fault = "other"
		}
		if fault != "" {
			return reply{Fault: fault, Count: n.PageCount}
		}
	}
	return reply{Count: n.PageCount, Title: c.title()}
}

func (c *child) title() string {
	m, err := c.pdf.GetMetaData(&requests.GetMetaData{Document: c.doc, Tags: &[]string{"Title"}})
	if err != nil || len(m.Tags) == 0 {
		return ""
	}
	return strings.ToValidUTF8(m.Tags[0].Value, "")
}

// page reads one page: its characters, its ruling lines, how many pictures.
func (c *child) page(i int) (*page, string) {
	loaded, err := c.pdf.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: c.doc, Index: i})
	if err != nil {
		return nil, "other"
	}
	ref := requests.Page{ByReference: &loaded.Page}
	defer func() {
		_, _ = c.pdf.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page}) // the process ends soon anyway
	}()
	p := &page{}
	if w, err := c.pdf.FPDF_GetPageWidth(&requests.FPDF_GetPageWidth{Page: ref}); err == nil {
		p.Width = float32(w.Width)
	}
	if h, err := c.pdf.FPDF_GetPageHeight(&requests.FPDF_GetPageHeight{Page: ref}); err == nil {
		p.Height = float32(h.Height)
	}
	if fault := c.text(ref, p); fault != "" {
		return nil, fault
	}
	c.objects(ref, p)
	return p, ""
}

func (c *child) text(ref requests.Page, p *page) string {
	t, err := c.pdf.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: ref})
	if err != nil {
		return "other"
	}
	defer func() {
		_, _ = c.pdf.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: t.TextPage})
	}()
	n, err := c.pdf.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: t.TextPage})
	if err != nil {
		return "other"
	}
	if c.chars += n.Count; c.chars > c.job.Chars {
		return "chars"
	}
	for i := range n.Count {
		u, err := c.pdf.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: t.TextPage, Index: i})
		if err != nil {
			return "other"
		}
		var b box
		if r, err := c.pdf.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: t.TextPage, Index: i}); err == nil {
			b = box{r.Rect.Left, r.Rect.Bottom, r.Rect.Right, r.Rect.Top}
		}
		p.Runes = append(p.Runes, rune(u.Unicode))
		p.Boxes = append(p.Boxes, b)
	}
	return ""
}

// maxRules bounds the ruling lines taken from a page: drawings have thousands.
const maxRules = 20_000

// objects finds straight horizontal and vertical lines, and counts pictures.
func (c *child) objects(ref requests.Page, p *page) {
	n, err := c.pdf.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: ref})
	if err != nil {
		return
	}
	for i := range min(n.Count, maxRules) {
		o, err := c.pdf.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: ref, Index: i})
		if err != nil {
			continue
		}
		kind, err := c.pdf.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: o.PageObject})
		if err != nil {
			continue
		}
		switch kind.Type {
		case 2: // FPDF_PAGEOBJ_PATH
			c.path(o.PageObject, p)
		case 3: // FPDF_PAGEOBJ_IMAGE
			p.Images++
		}
	}
}

// path adds the straight segments of a drawn path; a box no thicker than a pen
// is one line, given by its bounds.
func (c *child) path(o references.FPDF_PAGEOBJECT, p *page) {
	b, err := c.pdf.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: o})
	if err != nil || len(p.Rules) >= maxRules {
		return
	}
	bounds := box{b.Left, b.Bottom, b.Right, b.Top}
	if bounds.width() <= 3 || bounds.height() <= 3 {
		p.Rules = append(p.Rules, bounds)
		return
	}
	n, err := c.pdf.FPDFPath_CountSegments(&requests.FPDFPath_CountSegments{PageObject: o})
	m, err2 := c.pdf.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: o})
	if err != nil || err2 != nil {
		return
	}
	var first, last [2]float32
	for i := range min(n.Count, 500) {
		s, err := c.pdf.FPDFPath_GetPathSegment(&requests.FPDFPath_GetPathSegment{PageObject: o, Index: i})
		if err != nil {
			return
		}
		pt, err1 := c.pdf.FPDFPathSegment_GetPoint(&requests.FPDFPathSegment_GetPoint{PathSegment: s.PathSegment})
		kind, err2 := c.pdf.FPDFPathSegment_GetType(&requests.FPDFPathSegment_GetType{PathSegment: s.PathSegment})
		closed, err3 := c.pdf.FPDFPathSegment_GetClose(&requests.FPDFPathSegment_GetClose{PathSegment: s.PathSegment})
		if errors.Join(err1, err2, err3) != nil {
			return
		}
		at := [2]float32{m.Matrix.A*pt.X + m.Matrix.C*pt.Y + m.Matrix.E, m.Matrix.B*pt.X + m.Matrix.D*pt.Y + m.Matrix.F}
		switch kind.Type {
		case 2: // FPDF_SEGMENT_MOVETO
			first = at
		case 0: // FPDF_SEGMENT_LINETO
			p.rule(last, at)
		}
		if closed.IsClose {
			p.rule(at, first)
		}
		last = at
	}
}

// rule keeps a segment that is level or upright.
func (p *page) rule(a, b [2]float32) {
	r := box{min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])}
	if (r.width() <= 1 || r.height() <= 1) && r.width()+r.height() > 4 {
		p.Rules = append(p.Rules, r)
	}
}

// draw draws one page as a JPEG whose longer edge has so many pixels.
func (c *child) draw(pages int) reply {
	if c.job.Draw > pages {
		return reply{Fault: "page", Count: pages}
	}
	page := requests.Page{ByIndex: &requests.PageByIndex{Document: c.doc, Index: c.job.Draw - 1}}
	w, err1 := c.pdf.FPDF_GetPageWidth(&requests.FPDF_GetPageWidth{Page: page})
	h, err2 := c.pdf.FPDF_GetPageHeight(&requests.FPDF_GetPageHeight{Page: page})
	if errors.Join(err1, err2) != nil || !(w.Width > 0) || !(h.Height > 0) {
		return reply{Fault: "other", Count: pages}
	}
	px := requests.RenderPageInPixels{Page: page, Width: c.job.Edge}
	if h.Height > w.Width {
		px.Width, px.Height = 0, c.job.Edge
	}
	drawn, err := c.pdf.RenderPageInPixels(&px)
	if err != nil {
		return reply{Fault: "other", Count: pages}
	}
	var out bytes.Buffer
	if jpeg.Encode(&out, drawn.Result.RenderedImage, &jpeg.Options{Quality: 82}) != nil {
		return reply{Fault: "other", Count: pages}
	}
	return reply{Count: pages, JPEG: out.Bytes()}
}
