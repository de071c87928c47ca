package pdf

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"github.com/docket-os/docket/internal/paper"
)

// TestMain lets the test binary be its own child, as docket is.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "pdf-child" {
		os.Exit(ChildMain())
	}
	os.Exit(m.Run())
}

// config runs children of the test binary. The compiled PDFium is shared by all
// runs of the tests on this machine.
func config(t testing.TB) Config {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return Config{Exe: exe, CacheDir: filepath.Join(os.TempDir(), "docket-test-pdfium")}
}

// made writes a PDF.
func made(t testing.TB, fill func(f *fpdf.Fpdf)) []byte {
	t.Helper()
	f := fpdf.New("P", "pt", "A4", "")
	f.SetFont("Times", "", 12)
	f.SetMargins(72, 72, 72)
	fill(f)
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func open(t testing.TB, data []byte) *paper.Document {
	t.Helper()
	d, err := paper.Readers{New(config(t))}.Read(t.Context(), paper.Bytes("a.pdf", data), paper.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const lorem = "The Parks Team leads the opening of the new library in Northford and reports to the council by the end of May, supported by the Works Team and by volunteers of the town who keep the gardens open in the evening."

// report is three pages with running heads, a table and a paragraph over a page end.
func report(f *fpdf.Fpdf) {
	f.SetHeaderFunc(func() {
		f.SetFont("Times", "", 12)
		f.SetXY(72, 30)
		f.Cell(200, 12, "Northford Delivery Plan")
		f.SetY(80)
	})
	f.SetFooterFunc(func() {
		f.SetFont("Times", "", 12)
		f.SetXY(280, 800)
		f.Cell(60, 12, "- "+strconv.Itoa(f.PageNo())+" -")
	})
	f.SetAutoPageBreak(true, 80)
	f.AddPage()
	f.SetFont("Times", "B", 20)
	f.MultiCell(0, 24, "Northford 2027", "", "L", false)
	f.SetFont("Times", "", 12)
	f.MultiCell(0, 15, lorem, "", "L", false)
	f.Ln(10)
	for _, row := range [][]string{{"No.", "Action", "Lead"}, {"1", "Open the library", "Parks Team"}, {"2", "Mend the bridge", "Works Team"}} {
		for i, w := range []float64{40, 250, 120} {
			f.CellFormat(w, 20, row[i], "1", 0, "L", false, 0, "")
		}
		f.Ln(20)
	}
	f.SetY(720)
	f.MultiCell(0, 15, lorem+" "+lorem, "", "L", false)
	f.AddPage()
	f.MultiCell(0, 15, "Second page.", "", "L", false)
}

// dot is a small picture.
func dot(t testing.TB) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// scan is a file of pictures.
func scan(t testing.TB, pages int) []byte {
	return made(t, func(f *fpdf.Fpdf) {
		f.RegisterImageOptionsReader("scan", fpdf.ImageOptions{ImageType: "PNG"}, bytes.NewReader(dot(t)))
		for range pages {
			f.AddPage()
			f.ImageOptions("scan", 0, 0, 500, 700, false, fpdf.ImageOptions{}, 0, "")
		}
	})
}
