package docket

import "time"

// Level is the level of government a document or unit belongs to.
type Level string

// The levels.
const (
	National   Level = "national"
	Provincial Level = "provincial"
	City       Level = "city" // 地级
	County     Level = "county"
	Township   Level = "township"
	UnitLevel  Level = "unit" // a body's own plan
)

// DirectiveStatus is where a directive stands.
type DirectiveStatus string

// The statuses.
const (
	Reading DirectiveStatus = "reading" // imported; its matters are drafts being corrected
	Adopted DirectiveStatus = "adopted" // its matters are registered and assigned
)

// Directive is a document that creates work. Its source file and every
// character of its text are kept.
type Directive struct {
	ID         DirectiveID     `json:"id"`
	Owner      UnitID          `json:"owner"` // the unit whose office imported it
	Title      string          `json:"title"`
	Number     string          `json:"number"` // 发文字号
	Issuer     string          `json:"issuer"`
	IssuedOn   Date            `json:"issued_on"`
	Level      Level           `json:"level"`
	Lang       string          `json:"lang"`
	Addressees []string        `json:"addressees"`
	Parents    []ParentRef     `json:"parents"`
	Status     DirectiveStatus `json:"status"`
	Stocktake  StocktakeID     `json:"stocktake"` // whose record it is; 0: a document
	File       FileRef         `json:"file"`
	Findings   []Finding       `json:"findings"`
	ImportedBy PersonID        `json:"imported_by"`
	ImportedAt time.Time       `json:"imported_at"`
	AdoptedAt  time.Time       `json:"adopted_at"`
	Version    int64           `json:"version"`
}

// ParentRef names a document that a directive carries out; Directive is 0 while
// that document is not in the docket.
type ParentRef struct {
	Title     string      `json:"title"`
	Number    string      `json:"number"`
	Directive DirectiveID `json:"directive"`
}

// FileRef is a kept file: content-addressed, its name a label only.
type FileRef struct {
	SHA256 string `json:"sha256"` // hex; "" for pasted text is never used: pasted text is kept as a file too
	Name   string `json:"name"`
	Format string `json:"format"` // docx, pdf, xlsx, csv, md, html, txt
	Size   int64  `json:"size"`
}
