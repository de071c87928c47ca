// Package sheet makes workbooks that people fill in without the program, and
// reads them back. What may not be changed is locked, choices are lists, and a
// hidden sheet carries every value as it went out under a signature, so that
// what comes back can be compared cell by cell and trusted row by row. Nothing
// in a cell is ever a formula: not on the way out, not on the way in.
package sheet

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"strings"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/words"
)

// Kind is what a cell takes.
type Kind string

// The kinds.
const (
	Text    Kind = "text"
	Percent Kind = "percent" // whole, 0 to 100
	Day     Kind = "day"     // written 2026-11-30
	Names   Kind = "names"   // of units, one or several
)

// Column is one column of a workbook. Its heading is the sentence
// sheet.column.NAME of the catalogues, what to type there sheet.prompt.NAME.
type Column struct {
	Name  string  `json:"name"`
	Kind  Kind    `json:"kind"`
	Open  bool    `json:"open"`  // may be filled in
	Width float64 `json:"width"` // in characters
	List  string  `json:"list"`  // name of the list to choose from, "" for none
	Most  int     `json:"most"`  // characters; 0: no limit of its own
}

// Meta says where a workbook comes from.
type Meta struct {
	Format  int              `json:"format"`
	Docket  string           `json:"docket"` // which docket: Key.Docket
	Kind    docket.SheetKind `json:"kind"`
	Lang    string           `json:"lang"`
	Person  docket.PersonID  `json:"person"`
	At      time.Time        `json:"at"`
	Sheet   string           `json:"sheet"` // name of the one people see
	Columns []Column         `json:"columns"`
}

// format is the shape of the hidden sheet that this program writes and reads.
const format = 1

// Value is what stands in a cell: a text, or a sentence of the catalogues, which
// becomes a text in the workbook's language.
type Value struct {
	Text string
	Key  string
	Args map[string]string
}

func (v Value) in(lang string) string {
	if v.Key == "" {
		return Clean(v.Text)
	}
	return words.Say(lang, v.Key, v.Args)
}

// Row is a row on its way out.
type Row struct {
	Key   string            // what it is about
	Base  string            // the state of the docket it shows
	Cells []Value           // of the columns, in their order
	Shut  []string          // columns that may not be filled in on this row though others may
	Shown map[string]string // what stands in cells instead, by column, where a row goes out again
	Wrong []docket.Fault    // why it does
}

// Names of the sheets beside the one people see, and of the row key's column.
const (
	hiddenSheet = "_docket"
	listSheet   = "_lists"
	keyColumn   = "_key"
)

// Lines of the sheet people see: names for the program, hidden; headings; rows.
const (
	nameLine    = 1
	headingLine = 2
	firstLine   = 3
)

// SplitNames splits the names of units in a cell; between them stands what people of
// the language put there.
func SplitNames(lang, text string) []string {
	between := "、;；\n"
	if lang == "zh" {
		between += ",，"
	}
	var out []string
	for name := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(between, r) }) {
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// JoinNames writes names of units as a cell holds them.
func JoinNames(lang string, names []string) string {
	if lang == "zh" {
		return strings.Join(names, "、")
	}
	return strings.Join(names, "; ")
}

// Key signs workbooks. It never leaves the docket.
type Key []byte

// Docket names the docket the key belongs to, without giving the key away.
func (k Key) Docket() string {
	sum := sha256.Sum256(append([]byte("docket sheet "), k...))
	return hex.EncodeToString(sum[:8])
}

// seal signs the lines of the hidden sheet as they are written or read.
type seal struct{ mac hash.Hash }

func newSeal(k Key) seal { return seal{hmac.New(sha256.New, k)} }

func (s seal) line(cells []string) {
	raw, _ := json.Marshal(cells) // strings can always be written
	s.mac.Write(append(raw, '\n'))
}

func (s seal) sum() string { return hex.EncodeToString(s.mac.Sum(nil)) }

func (s seal) is(sum string) bool { return hmac.Equal([]byte(s.sum()), []byte(sum)) }

// Say is a fault in words. An argument that names a sentence itself, "@KEY", is
// said in the same language.
func Say(lang string, f docket.Fault) string {
	if !words.Has(lang, f.Key) {
		return f.Message
	}
	args := make(map[string]string, len(f.Args))
	for k, v := range f.Args {
		if key, is := strings.CutPrefix(v, "@"); is && words.Has(lang, key) {
			v = words.Say(lang, key, nil)
		}
		args[k] = v
	}
	return words.Say(lang, f.Key, args)
}
