// Package preview tells what an uploaded file really is and makes something of
// it that a browser may show safely: pictures drawn anew, text as blocks of our
// own. It runs no other program and stays within bounds of pixels and text.
package preview

import (
	"archive/zip"
	"bytes"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
)

// Form is what a file is by its content.
type Form struct {
	Media string
	Kind  docket.EvidenceKind
}

// A row of the table of forms: what the content begins with, and the extensions
// such a file honestly has.
type form struct {
	Form
	exts  string // separated by spaces
	sniff func(head []byte) bool
}

const zipMedia, oleMedia = "application/zip", "application/x-ole"

var forms = []form{
	{Form{"image/jpeg", docket.EvidencePhoto}, "jpg jpeg jpe jfif", begins("\xff\xd8\xff")},
	{Form{"image/png", docket.EvidencePhoto}, "png", begins("\x89PNG\r\n\x1a\n")},
	{Form{"image/gif", docket.EvidencePhoto}, "gif", begins("GIF87a", "GIF89a")},
	{Form{"image/webp", docket.EvidencePhoto}, "webp", riff("WEBP")},
	{Form{"image/bmp", docket.EvidencePhoto}, "bmp dib", func(h []byte) bool {
		return len(h) > 26 && string(h[:2]) == "BM" && string(h[6:10]) == "\x00\x00\x00\x00"
	}},
	{Form{"image/tiff", docket.EvidencePhoto}, "tif tiff", begins("II*\x00", "MM\x00*")},
	{Form{"image/heic", docket.EvidencePhoto}, "heic heif hif", brand("heic", "heix", "mif1", "msf1", "heim", "hevc")},
	{Form{"application/pdf", docket.EvidenceDocument}, "pdf", begins("%PDF-", "\xef\xbb\xbf%PDF-")},
	{Form{"video/mp4", docket.EvidenceRecording}, "mp4 m4v", brand("isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "dash", "3gp4", "3gp5")},
	{Form{"video/quicktime", docket.EvidenceRecording}, "mov qt", brand("qt  ")},
	{Form{"audio/mp4", docket.EvidenceRecording}, "m4a", brand("M4A ", "M4B ")},
	{Form{"video/webm", docket.EvidenceRecording}, "webm mkv", begins("\x1aE\xdf\xa3")},
	{Form{"audio/mpeg", docket.EvidenceRecording}, "mp3", begins("ID3", "\xff\xfb", "\xff\xf3", "\xff\xf2")},
	{Form{"audio/wav", docket.EvidenceRecording}, "wav", riff("WAVE")},
	{Form{"audio/amr", docket.EvidenceRecording}, "amr", begins("#!AMR")},
	{Form{oleMedia, docket.EvidenceDocument}, "doc xls ppt wps et dps", begins("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")},
	{Form{zipMedia, docket.EvidenceDocument}, "docx xlsx pptx ofd", begins("PK\x03\x04")},
}

// Packages are told apart by what is inside.
var packages = []struct {
	Form
	ext, holds string
}{
	{Form{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", docket.EvidenceDocument}, "docx", "word/"},
	{Form{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", docket.EvidenceTable}, "xlsx", "xl/"},
	{Form{"application/vnd.openxmlformats-officedocument.presentationml.presentation", docket.EvidenceDocument}, "pptx", "ppt/"},
	{Form{"application/ofd", docket.EvidenceDocument}, "ofd", "OFD.xml"},
}

var oldOffice = map[string]Form{
	"doc": {"application/msword", docket.EvidenceDocument}, "wps": {"application/msword", docket.EvidenceDocument},
	"xls": {"application/vnd.ms-excel", docket.EvidenceTable}, "et": {"application/vnd.ms-excel", docket.EvidenceTable},
	"ppt": {"application/vnd.ms-powerpoint", docket.EvidenceDocument}, "dps": {"application/vnd.ms-powerpoint", docket.EvidenceDocument},
}

// programs begin like this or are called like that; none is evidence.
var (
	programs    = begins("MZ", "\x7fELF", "\xfe\xed\xfa", "\xce\xfa\xed\xfe", "\xcf\xfa\xed\xfe", "\xca\xfe\xba\xbe", "dex\n", "\x00asm", "#!", "L\x00\x00\x00\x01\x14\x02\x00")
	programExts = strings.Fields("exe com bat cmd ps1 psm1 vbs vbe js jse mjs wsf wsh hta msi msp scr dll sys jar apk sh py pl rb lnk reg cpl pif docm dotm xlsm xltm xlam pptm")
)

// Texts by extension; the content is only known to be text.
var texts = map[string]Form{
	"csv": {"text/csv", docket.EvidenceTable}, "tsv": {"text/csv", docket.EvidenceTable},
	"md": {"text/markdown", docket.EvidenceDocument}, "txt": {"text/plain", docket.EvidenceDocument}, "": {"text/plain", docket.EvidenceDocument},
	"log": {"text/plain", docket.EvidenceDocument}, "json": {"text/plain", docket.EvidenceDocument}, "xml": {"text/plain", docket.EvidenceDocument},
}

func begins(magics ...string) func([]byte) bool {
	return func(head []byte) bool {
		return slices.ContainsFunc(magics, func(m string) bool { return bytes.HasPrefix(head, []byte(m)) })
	}
}

func riff(kind string) func([]byte) bool {
	return func(h []byte) bool { return len(h) >= 12 && string(h[:4]) == "RIFF" && string(h[8:12]) == kind }
}

// brand looks at the first box of the ISO media format.
func brand(names ...string) func([]byte) bool {
	return func(h []byte) bool {
		return len(h) >= 12 && string(h[4:8]) == "ftyp" && slices.Contains(names, string(h[8:12]))
	}
}

// headBytes is how much of a file is looked at to tell what it is.
const headBytes = 4096

// Sniff tells what a file is by its content. Programs, archives and what cannot
// be told are refused, and so is a file that is not what its name says.
func Sniff(src paper.Source) (Form, error) {
	head, ext := src.Head(headBytes), strings.TrimPrefix(src.Ext(), ".")
	if slices.Contains(programExts, ext) {
		return Form{}, program(src.Name)
	}
	found, err := content(src, head, ext)
	if err != nil {
		return Form{}, err
	}
	if honest := mediaOf(ext); len(honest) > 0 && !slices.Contains(honest, found.Media) {
		return Form{}, docket.Errorf(docket.Invalid, "evidence.mismatch", src.Name+" is not what its name says: by its content it is "+found.Media+"; save it again under its own kind",
			"file", src.Name, "media", found.Media)
	}
	return found, nil
}

func content(src paper.Source, head []byte, ext string) (Form, error) {
	for _, f := range forms {
		if !f.sniff(head) {
			continue
		}
		switch f.Media {
		case zipMedia:
			return packed(src)
		case oleMedia:
			if old, ok := oldOffice[ext]; ok {
				return old, nil
			}
			return Form{}, unknown(src.Name)
		}
		return f.Form, nil
	}
	if programs(head) && (!isText(head) || bytes.HasPrefix(head, []byte("#!"))) {
		return Form{}, program(src.Name)
	}
	return text(src, head, ext)
}

// packed looks into the directory of a zip package.
func packed(src paper.Source) (Form, error) {
	z, err := zip.NewReader(src, src.Size)
	if err != nil {
		return Form{}, paper.Broken(src.Name, "its structure", err)
	}
	for _, p := range packages {
		within := func(f *zip.File) bool { return strings.HasPrefix(f.Name, p.holds) }
		if !slices.ContainsFunc(z.File, within) {
			continue
		}
		if slices.ContainsFunc(z.File, func(f *zip.File) bool { return strings.HasSuffix(strings.ToLower(f.Name), "vbaproject.bin") }) {
			return Form{}, program(src.Name)
		}
		return p.Form, nil
	}
	return Form{}, docket.Errorf(docket.Unsupported, "evidence.archive", src.Name+" is an archive; unpack it and offer the files themselves", "file", src.Name)
}

func text(src paper.Source, head []byte, ext string) (Form, error) {
	if !isText(head) {
		return Form{}, unknown(src.Name)
	}
	lower := bytes.ToLower(head)
	switch {
	case bytes.Contains(lower, []byte("<svg")) && (bytes.HasPrefix(bytes.TrimLeft(lower, "\xef\xbb\xbf \t\r\n"), []byte("<"))):
		return Form{"image/svg+xml", docket.EvidenceDocument}, nil
	case strings.HasPrefix(http.DetectContentType(head), "text/html"), ext == "html", ext == "htm":
		return Form{"text/html", docket.EvidenceDocument}, nil
	}
	if f, ok := texts[ext]; ok {
		return f, nil
	}
	return texts[""], nil
}

// isText: UTF-16 with its mark, or bytes without NUL and control characters in
// any encoding of Chinese.
func isText(head []byte) bool {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return true
	}
	if !utf8.Valid(head) && strings.HasPrefix(http.DetectContentType(head), "application/octet-stream") {
		return false
	}
	return !bytes.ContainsFunc(head, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\r\n\f\x1b", r) })
}

// mediaOf gives what a file of that extension may be; none where anything goes.
func mediaOf(ext string) (media []string) {
	if ext == "" {
		return nil
	}
	for _, f := range forms {
		if f.Media != zipMedia && f.Media != oleMedia && slices.Contains(strings.Fields(f.exts), ext) {
			media = append(media, f.Media)
		}
	}
	for _, p := range packages {
		if p.ext == ext {
			media = append(media, p.Media)
		}
	}
	if f, ok := oldOffice[ext]; ok {
		media = append(media, f.Media, "text/html") // old exports are web pages called .xls
		media = append(media, packagesMedia()...)   // and renamed new ones
	}
	if f, ok := texts[ext]; ok {
		media = append(media, f.Media)
	}
	switch ext {
	case "html", "htm":
		media = append(media, "text/html", "image/svg+xml")
	case "svg":
		media = append(media, "image/svg+xml")
	case "md":
		media = append(media, "text/html")
	case "xml":
		media = append(media, "image/svg+xml", "text/html")
	}
	return media
}

func packagesMedia() (media []string) {
	for _, p := range packages {
		media = append(media, p.Media)
	}
	return media
}

func program(file string) error {
	return docket.Errorf(docket.Unsupported, "evidence.program", file+" is a program or holds one (macros); it is not taken as evidence. Save a document without it, or print it to PDF.", "file", file)
}

func unknown(file string) error {
	return docket.Errorf(docket.Unsupported, "evidence.unknown", file+" is of no kind that is taken as evidence. Take a photo, or save it as PDF, Word, Excel, text, sound or video.", "file", file)
}
