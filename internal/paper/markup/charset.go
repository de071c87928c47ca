package markup

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/docket-os/docket/internal/paper"
)

var (
	bomUTF8    = []byte("\xef\xbb\xbf")
	bomUTF16LE = []byte("\xff\xfe")
	bomUTF16BE = []byte("\xfe\xff")
)

// decode turns the bytes of a text file into UTF-8 with \n line ends. Nothing
// else is changed: full-width digits and spaces stay. declared is the charset
// the file itself names, if any; it is believed only where the bytes do not tell.
func decode(name string, data []byte, declared encoding.Encoding) (string, error) {
	enc := unicodeForm(data)
	if enc == unknownBytes && declared != nil {
		enc = declared
	}
	if enc == unknownBytes {
		enc = guessBytes(data)
	}
	var text string
	if enc == unicode.UTF8 {
		text = strings.ToValidUTF8(string(bytes.TrimPrefix(data, bomUTF8)), "\ufffd")
	} else {
		out, err := enc.NewDecoder().Bytes(data)
		if err != nil {
			return "", paper.Binary(name)
		}
		text = string(out)
	}
	if isBinary(text) {
		return "", paper.Binary(name)
	}
	return newlines.Replace(strings.TrimPrefix(text, "\ufeff")), nil
}

var newlines = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n")

// unknownBytes stands for bytes that are neither Unicode nor tell what they are.
var unknownBytes = encoding.Nop

// unicodeForm recognises the Unicode encodings.
func unicodeForm(data []byte) encoding.Encoding {
	le := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	be := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	switch {
	case bytes.HasPrefix(data, bomUTF8):
		return unicode.UTF8
	case bytes.HasPrefix(data, bomUTF16LE):
		return le
	case bytes.HasPrefix(data, bomUTF16BE):
		return be
	case mostlyUTF8(data):
		return unicode.UTF8
	}
	switch little, big := asciiUnits(data); {
	case little > big:
		return le
	case big > little:
		return be
	}
	return unknownBytes
}

// mostlyUTF8 allows one broken sequence in twenty, as cut files have, but no NUL.
func mostlyUTF8(data []byte) bool {
	if bytes.IndexByte(data, 0) >= 0 {
		return false
	}
	if utf8.Valid(data) {
		return true
	}
	good, bad := 0, 0
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		i += n
	}
	return good > 20*bad
}

// asciiUnits counts the 16-bit units that are an ASCII line end, space or digit
// in either byte order: UTF-16 without a mark always has some, GB18030 has no
// NUL bytes at all.
func asciiUnits(data []byte) (little, big int) {
	common := func(b byte) bool {
		return b == '\n' || b == '\r' || b == ' ' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z'
	}
	for i := 0; i+1 < len(data); i += 2 {
		switch {
		case data[i+1] == 0 && common(data[i]):
			little++
		case data[i] == 0 && common(data[i+1]):
			big++
		}
	}
	return little, big
}

// guessBytes tells GB18030 from Windows-1252. Chinese text has its high bytes
// in pairs of which nearly all lie in the GB 2312 square (both ≥ 0xA1); in
// western text a high byte stands alone among letters.
func guessBytes(data []byte) encoding.Encoding {
	square, other := 0, 0
	for i := 0; i < len(data); i++ {
		if data[i] < 0x80 {
			continue
		}
		if i+1 < len(data) && data[i] >= 0xa1 && data[i+1] >= 0xa1 {
			square++
		} else {
			other++
		}
		i++
	}
	if square >= other {
		return simplifiedchinese.GB18030
	}
	return charmap.Windows1252
}

// isBinary reports whether the text holds control characters no text has: many,
// or a single NUL, which no store keeps.
func isBinary(text string) bool {
	if strings.IndexByte(text, 0) >= 0 {
		return true
	}
	bad := 0
	for i := range len(text) {
		if c := text[i]; c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v' && c != 0x1a {
			bad++
		}
	}
	return bad > len(text)/200
}
