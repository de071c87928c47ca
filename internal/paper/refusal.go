package paper

import (
	"bytes"
	"slices"
	"strconv"

	docket "github.com/docket-os/docket"
)

// Empty says that a file has no bytes.
func Empty(file string) error {
	return docket.Errorf(docket.Invalid, "paper.empty",
		file+" is empty (0 bytes). Check that it was saved and sent whole.", "file", file)
}

// NoText says that a file was read and says nothing.
func NoText(file string) error {
	return docket.Errorf(docket.Invalid, "paper.no_text",
		file+" holds no text. If its pages are pictures, run text recognition (OCR) first.", "file", file)
}

// FileTooLarge says that a file is over limit bytes.
func FileTooLarge(file string, limit int64) error {
	mb := strconv.FormatInt(limit>>20, 10)
	return docket.Errorf(docket.TooLarge, "paper.too_large",
		file+" is larger than "+mb+" MiB. Remove its pictures or split it.", "file", file, "limit", mb)
}

// Mismatch says that content and extension do not agree and neither tells
// enough to read the file.
func Mismatch(file, format string) error {
	return docket.Errorf(docket.Invalid, "paper.mismatch",
		file+" is not a ."+format+" file though its name says so. Open it in the program that made it and save it again as ."+format+".",
		"file", file, "format", format)
}

// Encrypted says that a file needs a password to be read.
func Encrypted(file string) error {
	return docket.Errorf(docket.Invalid, "paper.encrypted",
		file+" is protected by a password. Remove the password and import it again.", "file", file)
}

// Broken says that a file of a known format cannot be read; part names the
// place inside it as far as that is known.
func Broken(file, part string, cause error) error {
	e := docket.Errorf(docket.Invalid, "paper.broken",
		file+" is damaged at "+part+" and cannot be read. Open it in the program that made it, save it again, or send it again.",
		"file", file, "part", part)
	e.Err = cause
	return e
}

// Bomb says that a package expands beyond any honest document.
func Bomb(file, part string) error {
	return docket.Errorf(docket.TooLarge, "paper.bomb",
		file+" was refused: "+part+" expands far beyond what a document needs.", "file", file, "part", part)
}

// Doctype says that an XML part declares a document type or entities, which no
// office document does and attacks do.
func Doctype(file, part string) error {
	return docket.Errorf(docket.Invalid, "paper.doctype",
		file+" was refused: "+part+" declares XML entities, which an office document never does. Save it again in Word, Excel or WPS.",
		"file", file, "part", part)
}

// Binary says that a file whose name promises text holds something else.
func Binary(file string) error {
	return docket.Errorf(docket.Invalid, "paper.binary",
		file+" is named like a text file but its content is not text. Check the file, or save it as UTF-8 text.", "file", file)
}

// A convertible is a family of files that is not read but can be turned into one that is.
type convertible struct {
	key    string
	exts   []string
	magics []string
	way    string
}

// The families and the way out of each (product.md, Import). Order matters:
// an OLE container may be .doc, .wps, .xls or .ppt, so extensions go first.
var convertibles = []convertible{
	{"doc", []string{".doc", ".dot"}, nil, "is in the old Word format. Open it in Word or WPS and save it as .docx."},
	{"wps", []string{".wps", ".wpt"}, nil, "is in the WPS Writer format. Open it in WPS and save it as .docx."},
	{"ofd", []string{".ofd"}, nil, "is an OFD file. Open it in an OFD reader or WPS and export it as .docx or as a PDF with text."},
	{"xls", []string{".xls", ".et", ".xlsb", ".ett"}, nil, "is in an old or binary sheet format. Open it in Excel or WPS and save it as .xlsx."},
	{"ppt", []string{".ppt", ".pptx", ".dps", ".pps"}, nil, "is a presentation. Export it as PDF, or paste its text."},
	{"rtf", []string{".rtf"}, []string{`{\rtf`}, "is in rich text format. Open it in Word or WPS and save it as .docx."},
	{"odf", []string{".odt", ".ods", ".odp"}, nil, "is in OpenDocument format. Open it in LibreOffice and save it as .docx or .xlsx."},
	{"image", []string{".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"},
		[]string{"\xff\xd8\xff", "\x89PNG\r\n", "GIF8", "II*\x00", "MM\x00*"},
		"is a picture. Run text recognition (OCR) and import the text, or a PDF with text."},
	{"archive", []string{".zip", ".rar", ".7z", ".gz", ".tar"}, []string{"Rar!\x1a", "7z\xbc\xaf\x27\x1c", "\x1f\x8b"},
		"is an archive. Unpack it and import the documents in it."},
	{"doc", nil, []string{oleMagic}, "is in an old Office format. Open it in Word, Excel or WPS and save it as .docx or .xlsx."},
	{"archive", nil, []string{"PK\x03\x04", "PK\x05\x06"}, "is an archive or an office file of a kind that is not read. Unpack it, or save it as .docx or .xlsx."},
}

const oleMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// Foreign refuses what is known not to be readable, with the way to convert it;
// nil for everything else.
func Foreign(src Source) error {
	head, ext := src.Head(512), src.Ext()
	if bytes.HasPrefix(head, []byte(oleMagic)) && isEncryptedOffice(src) {
		return Encrypted(src.Name)
	}
	office := ext == ".docx" || ext == ".xlsx"
	if office && bytes.HasPrefix(head, []byte("PK")) {
		return Broken(src.Name, "its package", nil)
	}
	for _, c := range convertibles {
		byMagic := slices.ContainsFunc(c.magics, func(m string) bool { return bytes.HasPrefix(head, []byte(m)) })
		if slices.Contains(c.exts, ext) || byMagic {
			return docket.Errorf(docket.Unsupported, "paper.convert_"+c.key, src.Name+" "+c.way, "file", src.Name)
		}
	}
	return nil
}

// isEncryptedOffice looks for the stream name that a password-protected docx or
// xlsx carries in its OLE directory ([MS-OFFCRYPTO] 2.3.4.4). The directory may
// stand anywhere in the container, so all of it is searched, a window at a time.
func isEncryptedOffice(src Source) bool {
	name := utf16Bytes("EncryptedPackage")
	const window = 64 << 10
	buf := make([]byte, window)
	for off := int64(0); off < src.Size; off += window - int64(len(name)) {
		n, err := src.ReadAt(buf, off)
		if bytes.Contains(buf[:n], name) {
			return true
		}
		if err != nil || n == 0 {
			return false
		}
	}
	return false
}

func utf16Bytes(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		out = append(out, s[i], 0)
	}
	return out
}
