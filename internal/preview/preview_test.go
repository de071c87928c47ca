package preview_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/preview"
)

// flag is a picture whose left half is red and right half blue.
func flag(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{200, 0, 0, 255}
			if x >= w/2 {
				c = color.RGBA{0, 0, 200, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func jpegOf(t testing.TB, img image.Image) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exif puts an orientation and a place name into a JPEG.
func exif(plain []byte, turn uint16) []byte {
	b := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	b = binary.BigEndian.AppendUint16(b, turn)
	b = append(b, "\x00\x00\x00\x00\x00\x00 HangzhouSecretGPS"...)
	head := append([]byte{0xff, 0xd8, 0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(b)+2))...)
	return append(append(head, b...), plain[2:]...)
}

func zipOf(t testing.TB, names ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, n := range names {
		if _, err := z.Create(n); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAFileIsWhatItsContentSays(t *testing.T) {
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 100)
	for _, c := range []struct {
		name, content, media, refusal string
	}{
		{"现场.jpg", string(jpegOf(t, flag(8, 8))), "image/jpeg", ""},
		{"现场", string(jpegOf(t, flag(8, 8))), "image/jpeg", ""},
		{"a.pdf", "%PDF-1.7\n", "application/pdf", ""},
		{"a.docx", string(zipOf(t, "[Content_Types].xml", "word/document.xml")), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ""},
		{"a.xlsx", string(zipOf(t, "xl/workbook.xml")), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ""},
		{"a.ofd", string(zipOf(t, "OFD.xml")), "application/ofd", ""},
		{"a.xls", ole, "application/vnd.ms-excel", ""},
		{"a.txt", "第一季度完成情况", "text/plain", ""},
		{"a.txt", "\xb5\xda\xd2\xbb\xbc\xbe\xb6\xc8", "text/plain", ""}, // GB 18030
		{"a.csv", "a,b\n1,2\n", "text/csv", ""},
		{"a.txt", "BMW and MZ are words", "text/plain", ""},
		{"a.svg", `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`, "image/svg+xml", ""},
		{"a.html", "<!doctype html><script>alert(1)</script>", "text/html", ""},
		{"a.mp4", "\x00\x00\x00\x18ftypisom\x00\x00\x00\x00", "video/mp4", ""},
		{"a.heic", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "image/heic", ""},

		{"a.jpg", "<!doctype html><script>alert(1)</script>", "", "evidence.mismatch"},
		{"a.png", `<svg xmlns="http://www.w3.org/2000/svg"/>`, "", "evidence.mismatch"},
		{"a.txt", "<html><script>alert(1)</script>", "", "evidence.mismatch"},
		{"a.pdf", string(jpegOf(t, flag(8, 8))), "", "evidence.mismatch"},
		{"a.pdf", "%!PS-Adobe-3.0\n", "", "evidence.mismatch"},
		{"a.jpg", "MZ\x90\x00\x03\x00\x00\x00", "", "evidence.program"},
		{"a.exe", "hello", "", "evidence.program"},
		{"照片", "\x7fELF\x02\x01\x01\x00\x00", "", "evidence.program"},
		{"run", "#!/bin/sh\nrm -rf /\n", "", "evidence.program"},
		{"a.docx", string(zipOf(t, "word/document.xml", "word/vbaProject.bin")), "", "evidence.program"},
		{"a.zip", string(zipOf(t, "照片.jpg")), "", "evidence.archive"},
		{"a.docx", "PK\x03\x04 not a zip", "", "paper.broken"},
		{"a.bin", "\x01\x02\x03\x04\x00\x00", "", "evidence.unknown"},
		{"a.msi", ole, "", "evidence.program"},
		{"a.vsd", ole, "", "evidence.unknown"},
	} {
		got, err := preview.Sniff(paper.Bytes(c.name, []byte(c.content)))
		var e *docket.Error
		if errors.As(err, &e); c.refusal != "" && (e == nil || e.Key != c.refusal) || c.refusal == "" && (err != nil || got.Media != c.media) {
			t.Errorf("%s %.20q: %+v, %v; want %s%s", c.name, c.content, got, err, c.media, c.refusal)
		}
	}
}

func TestPicturesAreDrawnUprightSmallAndBare(t *testing.T) {
	plain := jpegOf(t, flag(400, 200))
	for turn, red := range map[uint16]image.Point{1: {10, 50}, 2: {90, 50}, 3: {90, 50}, 4: {10, 50}, 5: {25, 10}, 6: {25, 10}, 7: {25, 90}, 8: {25, 90}} {
		content := exif(plain, turn)
		out, err := preview.Picture(bytes.NewReader(content), "a.jpg", 100)
		if err != nil {
			t.Fatal(err)
		}
		img, _, err := image.Decode(bytes.NewReader(out))
		if err != nil {
			t.Fatal(err)
		}
		want := image.Rect(0, 0, 100, 50)
		if turn >= 5 {
			want = image.Rect(0, 0, 50, 100)
		}
		if img.Bounds() != want {
			t.Errorf("turn %d: %v", turn, img.Bounds())
		}
		at := red
		if turn < 5 {
			at.Y = 25
		}
		if r, _, b, _ := img.At(at.X, at.Y).RGBA(); r < b {
			t.Errorf("turn %d: blue where red should be", turn)
		}
		if bytes.Contains(out, []byte("Secret")) || bytes.Contains(out, []byte("Exif")) {
			t.Errorf("turn %d: metadata left with the picture", turn)
		}
	}
	for name, encode := range map[string]func(*bytes.Buffer) error{
		"png": func(b *bytes.Buffer) error { return png.Encode(b, flag(40, 20)) },
		"gif": func(b *bytes.Buffer) error { return gif.Encode(b, flag(40, 20), nil) },
	} {
		var b bytes.Buffer
		if err := encode(&b); err != nil {
			t.Fatal(err)
		}
		if out, err := preview.Picture(bytes.NewReader(b.Bytes()), "a."+name, 5000); err != nil || len(out) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestHostilePicturesAreRefusedBeforeTheyCost(t *testing.T) {
	var huge bytes.Buffer
	if err := png.Encode(&huge, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	bomb := huge.Bytes()
	binary.BigEndian.PutUint32(bomb[16:], 60_000) // claims 60,000 × 60,000
	binary.BigEndian.PutUint32(bomb[20:], 60_000)
	scans := jpegOf(t, flag(8, 8))
	scan := []byte("\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00")
	many := append(append([]byte{}, scans[:len(scans)-2]...), bytes.Repeat(scan, 1000)...)
	for name, content := range map[string][]byte{
		"bomb.png": bomb, "scans.jpg": many, "cut.jpg": scans[:len(scans)/2], "nothing.jpg": nil, "text.png": []byte("hello"),
	} {
		var e *docket.Error
		if _, err := preview.Picture(bytes.NewReader(content), name, 200); !errors.As(err, &e) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTextIsCutToWhatAPageHolds(t *testing.T) {
	table := &paper.Table{}
	for range 5000 {
		row := paper.Row{}
		for range 60 {
			row.Cells = append(row.Cells, paper.Cell{Text: strings.Repeat("字", 600)})
		}
		table.Rows = append(table.Rows, row)
	}
	blocks, cut := preview.Text(&paper.Document{Blocks: []paper.Block{
		{Kind: paper.Heading, Level: 1, Text: "一、总体"}, {Kind: paper.Furniture, Text: "- 1 -"}, {Text: "<script>"}, {Kind: paper.TableBlock, Table: table},
	}})
	if !cut || len(blocks) != 3 || blocks[0].Kind != "heading" || blocks[1].Text != "<script>" {
		t.Fatalf("%v, %d blocks", cut, len(blocks))
	}
	total := 0
	for _, r := range blocks[2].Rows {
		for _, c := range r {
			total += len([]rune(c))
		}
	}
	if total > 250_000 || len(blocks[2].Rows[0]) != 40 {
		t.Errorf("%d characters, %d columns", total, len(blocks[2].Rows[0]))
	}
	if _, cut := preview.Text(&paper.Document{Blocks: []paper.Block{{Text: "short"}}}); cut {
		t.Error("a short text is said to be cut")
	}
}

// Whatever the bytes and the name, telling and drawing end in an answer or a
// sentence, and nothing that runs is taken for a picture.
func FuzzSniffAndDraw(f *testing.F) {
	plain := jpegOf(f, flag(16, 8))
	f.Add("a.jpg", plain)
	f.Add("a.jpg", exif(plain, 6))
	f.Add("a.docx", zipOf(f, "word/document.xml"))
	f.Add("a.svg", []byte("<svg/>"))
	f.Add("a.txt", []byte("MZ"))
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		form, err := preview.Sniff(paper.Bytes(name, content))
		if err != nil {
			if docket.CodeOf(err) == docket.Internal {
				t.Fatalf("%q: %v", name, err)
			}
			return
		}
		if form.Media == "" || form.Kind == "" {
			t.Fatalf("%q is nothing: %+v", name, form)
		}
		if !preview.Drawable(form.Media) || len(content) > 1<<16 {
			return
		}
		out, err := preview.Picture(bytes.NewReader(content), name, 64)
		if err == nil && !bytes.HasPrefix(out, []byte("\xff\xd8")) {
			t.Fatalf("%q: drawn as no JPEG", name)
		}
	})
}
