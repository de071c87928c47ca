package pdf

import (
	"bytes"
	"errors"
	"image"
	_ "image/jpeg"
	"testing"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
)

func TestAPageIsDrawn(t *testing.T) {
	d := NewDrawer(config(t))
	src := paper.Bytes("a.pdf", made(t, report))
	drawn, pages, err := d.Draw(t.Context(), src, 3, 300)
	if err != nil || pages != 3 {
		t.Fatalf("%d pages, %v", pages, err)
	}
	img, format, err := image.Decode(bytes.NewReader(drawn))
	if err != nil || format != "jpeg" {
		t.Fatal(format, err)
	}
	b := img.Bounds()
	if max(b.Dx(), b.Dy()) != 300 {
		t.Errorf("drawn %v", b)
	}
	dark := 0
	for y := range b.Dy() {
		for x := range b.Dx() {
			if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
				dark++
			}
		}
	}
	if dark == 0 {
		t.Error("the page is blank")
	}
	if _, _, err := d.Draw(t.Context(), src, 4, 300); !errors.Is(err, docket.NotFound) {
		t.Errorf("page 4 of 3 gives %v", err)
	}
	if _, _, err := d.Draw(t.Context(), paper.Bytes("a.pdf", []byte("%PDF-1.4 nothing")), 1, 300); !errors.Is(err, docket.Invalid) {
		t.Errorf("a broken file gives %v", err)
	}
}
