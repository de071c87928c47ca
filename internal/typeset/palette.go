package typeset

import (
	"cmp"
	"image"
	"image/color"
	"slices"
)

// paletted is the picture in at most 256 colours: an eighth of the work to pack
// and a third of the size, and charts have few. Of more the most frequent stay,
// the shades between two of them become the nearest.
func paletted(img *image.RGBA) *image.Paletted {
	count := map[color.RGBA]int{}
	runs(img, func(c color.RGBA, _, n int) { count[c] += n })
	colours := make([]color.RGBA, 0, len(count))
	for c := range count {
		colours = append(colours, c)
	}
	slices.SortFunc(colours, func(a, b color.RGBA) int {
		return cmp.Or(count[b]-count[a], cmp.Compare(key(a), key(b)))
	})
	out := image.NewPaletted(img.Bounds(), nil)
	index := make(map[color.RGBA]uint8, len(colours))
	for i, c := range colours {
		if i < 256 {
			out.Palette = append(out.Palette, c)
			index[c] = uint8(i)
		} else {
			index[c] = uint8(out.Palette.Index(c))
		}
	}
	runs(img, func(c color.RGBA, at, n int) {
		i := index[c]
		for p := range out.Pix[at : at+n] {
			out.Pix[at+p] = i
		}
	})
	return out
}

func key(c color.RGBA) int { return int(c.R)<<16 | int(c.G)<<8 | int(c.B) }

// runs calls fn for every stretch of one colour: where it begins and how long
// it is, in pixels.
func runs(img *image.RGBA, fn func(c color.RGBA, at, n int)) {
	pix := img.Pix
	for at := 0; at < len(pix); {
		end := at + 4
		for end < len(pix) && [4]byte(pix[end:end+4]) == [4]byte(pix[at:at+4]) {
			end += 4
		}
		fn(color.RGBA{pix[at], pix[at+1], pix[at+2], pix[at+3]}, at/4, (end-at)/4)
		at = end
	}
}
