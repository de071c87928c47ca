// Package pattern holds the expressions a reader of documents knows: some
// hundreds, several megabytes once compiled, of use for the seconds a document
// is read. Each is compiled at its first use, and all are let go when reading is
// over, so that a server nobody hands a document to does not carry them.
package pattern

import (
	"regexp"
	"sync/atomic"
)

// Pattern is one expression in the syntax of package regexp. Its methods are
// those of regexp.Regexp and safe for use by several goroutines.
type Pattern struct {
	expr     string
	both     bool                          // traditional characters match as simplified ones do
	compiled atomic.Pointer[regexp.Regexp] // nil until used, and after Forget
}

// known is every pattern made. It grows only while packages are initialised,
// which is before anything runs beside it.
var known []*Pattern

// New makes a pattern for a package-level variable. An expression that does not
// compile panics at its first use; Compile finds it earlier.
func New(expr string) *Pattern {
	p := &Pattern{expr: expr}
	known = append(known, p)
	return p
}

// Both is New for an expression in simplified characters that is to match text in
// traditional ones too.
func Both(expr string) *Pattern {
	p := New(expr)
	p.both = true
	return p
}

// Compile compiles every pattern now: what a test of their syntax, and a
// measurement of reading alone, begin with.
func Compile() {
	for _, p := range known {
		p.re()
	}
}

// Forget lets every compiled pattern go; the next use compiles it again. It may
// be called at any time: who is reading at the moment keeps what is in use.
func Forget() {
	for _, p := range known {
		p.compiled.Store(nil)
	}
}

// re is the compiled expression. Two at once may both compile it; either will do.
func (p *Pattern) re() *regexp.Regexp {
	if re := p.compiled.Load(); re != nil {
		return re
	}
	expr := p.expr
	if p.both {
		expr = widen(expr)
	}
	re := regexp.MustCompile(expr)
	p.compiled.Store(re)
	return re
}

// String is the expression as written.
func (p *Pattern) String() string { return p.expr }

// MatchString is regexp.Regexp.MatchString.
func (p *Pattern) MatchString(s string) bool { return p.re().MatchString(s) }

// FindString is regexp.Regexp.FindString.
func (p *Pattern) FindString(s string) string { return p.re().FindString(s) }

// FindStringIndex is regexp.Regexp.FindStringIndex.
func (p *Pattern) FindStringIndex(s string) []int { return p.re().FindStringIndex(s) }

// FindStringSubmatch is regexp.Regexp.FindStringSubmatch.
func (p *Pattern) FindStringSubmatch(s string) []string { return p.re().FindStringSubmatch(s) }

// FindStringSubmatchIndex is regexp.Regexp.FindStringSubmatchIndex.
func (p *Pattern) FindStringSubmatchIndex(s string) []int { return p.re().FindStringSubmatchIndex(s) }

// FindAllStringIndex is regexp.Regexp.FindAllStringIndex.
func (p *Pattern) FindAllStringIndex(s string, n int) [][]int {
	return p.re().FindAllStringIndex(s, n)
}

// FindAllStringSubmatchIndex is regexp.Regexp.FindAllStringSubmatchIndex.
func (p *Pattern) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return p.re().FindAllStringSubmatchIndex(s, n)
}

// ReplaceAllString is regexp.Regexp.ReplaceAllString.
func (p *Pattern) ReplaceAllString(s, to string) string { return p.re().ReplaceAllString(s, to) }

// Split is regexp.Regexp.Split.
func (p *Pattern) Split(s string, n int) []string { return p.re().Split(s, n) }
