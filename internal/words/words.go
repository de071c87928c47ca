// Package words holds the sentences the program says to people outside the
// screens as well as in them: errors, findings, reasons of lamps, headings of
// exported tables. The screens' build reads the same files, so a sentence
// exists once. Files are {zh,en}/AREA.json; a key starts with its area
// ("paper.encrypted" stands in paper.json). {name} in a sentence is replaced by
// the argument of that name.
package words

import (
	"embed"
	"encoding/json"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"sync"

	docket "github.com/docket-os/docket"
)

//go:embed zh/*.json en/*.json
var files embed.FS

// Langs are the languages every key has a sentence in.
var Langs = []string{"zh", "en"}

var catalogues = sync.OnceValue(func() map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, lang := range Langs {
		all[lang] = map[string]string{}
		names, _ := fs.Glob(files, lang+"/*.json")
		for _, name := range names {
			raw, _ := files.ReadFile(name)
			var area map[string]string
			if err := json.Unmarshal(raw, &area); err != nil {
				panic("words: " + path.Base(name) + ": " + err.Error()) // a build fault, caught by the package's test
			}
			for k, v := range area {
				all[lang][k] = v
			}
		}
	}
	return all
})

// Has reports whether key has a sentence in lang.
func Has(lang, key string) bool { _, ok := catalogues()[lang][key]; return ok }

// Keys returns the catalogue of a language; callers only read it.
func Keys(lang string) map[string]string { return catalogues()[lang] }

// Say returns the sentence of key in lang with args filled in; the key itself
// when there is none, so that a gap is seen and not hidden.
func Say(lang, key string, args map[string]string) string {
	s, ok := catalogues()[lang][key]
	if !ok {
		return key
	}
	if len(args) == 0 {
		return s
	}
	return place.ReplaceAllStringFunc(s, func(whole string) string {
		m := place.FindStringSubmatch(whole)
		switch v, ok := args[m[1]]; {
		case !ok:
			return whole
		case m[2] == "":
			return v
		case v == "1":
			return m[3]
		default:
			return m[4]
		}
	})
}

// place is where a value goes, {name}, or one of two words by it, {n|day|days}: the
// same form as the screens' own texts have.
var place = regexp.MustCompile(`\{(\w+)(\|([^|}]*)\|([^}]*))?\}`)

// Error returns what to tell a person about err, in lang: its own sentence and
// one line for each field. An error that is nobody's fault but ours says no more
// than that.
func Error(lang string, err error) string {
	var e *docket.Error
	if !errors.As(err, &e) {
		return Say(lang, "error.internal", nil)
	}
	out := e.Message
	if Has(lang, e.Key) {
		out = Say(lang, e.Key, e.Args)
	}
	for _, f := range e.Fields {
		line := f.Message
		if Has(lang, f.Key) {
			line = Say(lang, f.Key, f.Args)
		}
		out += "\n  " + f.Field + ": " + line
	}
	return out
}
