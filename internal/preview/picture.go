package preview

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	_ "image/gif" // register the formats that Picture draws
	"image/jpeg"
	_ "image/png"
	"io"
	"strconv"

	docket "github.com/docket-os/docket"
	_ "golang.org/x/image/bmp"
	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"
)

// Bounds of pictures.
const (
	MaxPixels = 50_000_000 // of a picture that is drawn: a 50-megapixel camera
	MaxEdge   = 2400       // pixels of a drawn picture's longer edge
	maxScans  = 64         // of one JPEG: each costs a pass over all its pixels
)

// Drawable reports whether Picture can draw the media type.
func Drawable(media string) bool {
	switch media {
	case "image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp":
		return true
	}
	return false
}

// Picture draws a picture anew as a JPEG whose longer edge has at most so many
// pixels, upright as its EXIF orientation says and without anything else of its
// metadata: neither place nor owner nor camera leaves with it.
func Picture(r io.ReadSeeker, name string, edge int) ([]byte, error) {
	cfg, format, err := image.DecodeConfig(bufio.NewReader(r))
	if err != nil {
		return nil, broken(name, err)
	}
	if cfg.Width <= 0 || cfg.Height <= 0 || cfg.Width > MaxPixels/cfg.Height {
		most := strconv.Itoa(MaxPixels / 1_000_000)
		return nil, docket.Errorf(docket.TooLarge, "preview.pixels", name+" has more than "+most+" million pixels and is not shown here; download it", "file", name, "limit", most)
	}
	turn := 1
	if format == "jpeg" {
		if turn, err = inspect(r); err != nil {
			return nil, broken(name, err)
		}
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	img, _, err := image.Decode(bufio.NewReaderSize(r, 64<<10))
	if err != nil {
		return nil, broken(name, err)
	}
	var out bytes.Buffer
	err = jpeg.Encode(&out, upright(scaled(img, min(edge, MaxEdge)), turn), &jpeg.Options{Quality: 84})
	return out.Bytes(), err
}

// scaled draws img on white so that its longer edge has at most so many pixels.
func scaled(img image.Image, edge int) *image.RGBA {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if longer := max(w, h); longer > edge {
		w, h = max(1, w*edge/longer), max(1, h*edge/longer)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(out, out.Bounds(), img, b, draw.Over, nil)
	return out
}

// upright turns a picture as its EXIF orientation (1 to 8) says.
func upright(img *image.RGBA, turn int) *image.RGBA {
	if turn <= 1 || turn > 8 {
		return img
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if turn >= 5 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			at := [...]image.Point{{x, y}, {w - 1 - x, y}, {w - 1 - x, h - 1 - y}, {x, h - 1 - y}, {y, x}, {h - 1 - y, x}, {h - 1 - y, w - 1 - x}, {y, w - 1 - x}}[turn-1]
			out.SetRGBA(at.X, at.Y, img.RGBAAt(x, y))
		}
	}
	return out
}

// inspect walks the segments of a JPEG: its orientation, and whether it has more
// scans than an honest one.
func inspect(r io.ReadSeeker) (turn int, err error) {
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return 1, err
	}
	in := bufio.NewReaderSize(r, 64<<10)
	turn = 1
	scans := 0
	for {
		b, err := in.ReadByte()
		if errors.Is(err, io.EOF) {
			return turn, nil
		}
		if err != nil {
			return turn, err
		}
		if b != 0xff {
			continue // inside a scan; 0xff is stuffed there
		}
		marker, err := in.ReadByte()
		for ; err == nil && marker == 0xff; marker, err = in.ReadByte() {
		}
		switch {
		case err != nil:
			return turn, nil
		case marker == 0xda:
			if scans++; scans > maxScans {
				return turn, errors.New("more scans than a picture needs")
			}
		case marker == 0 || marker == 1 || marker >= 0xd0 && marker <= 0xd8:
			continue // stuffing and marks without a segment
		case marker == 0xd9:
			return turn, nil
		}
		var size [2]byte
		if _, err := io.ReadFull(in, size[:]); err != nil {
			return turn, nil
		}
		n := int(binary.BigEndian.Uint16(size[:])) - 2
		if n < 0 {
			return turn, errors.New("a segment without a length")
		}
		segment := make([]byte, n)
		if _, err := io.ReadFull(in, segment); err != nil {
			return turn, nil
		}
		if marker == 0xe1 && bytes.HasPrefix(segment, []byte("Exif\x00\x00")) {
			turn = orientation(segment[6:])
		}
	}
}

// orientation reads tag 0x0112 of the first directory of a TIFF block; 1 where
// there is none or the block is not sound.
func orientation(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if b[0] == 'I' {
		order = binary.LittleEndian
	}
	at := uint64(order.Uint32(b[4:]))
	if at+2 > uint64(len(b)) {
		return 1
	}
	n := int(order.Uint16(b[at:]))
	for i := range n {
		entry := at + 2 + uint64(i)*12
		if entry+12 > uint64(len(b)) {
			return 1
		}
		if order.Uint16(b[entry:]) == 0x0112 {
			if v := int(order.Uint16(b[entry+8:])); v >= 1 && v <= 8 {
				return v
			}
			return 1
		}
	}
	return 1
}

func broken(name string, cause error) error {
	e := docket.Errorf(docket.Invalid, "preview.broken", name+" cannot be shown: its picture is damaged; download it, or offer it again", "file", name)
	e.Err = cause
	return e
}
