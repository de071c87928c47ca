package reading

import docket "github.com/docket-os/docket"

type LineOptions struct {
	Known func(name string) bool
	On    docket.Date
	Lang  string
}
type Line struct {
	Kind     string
	Text     string
	Parties  []docket.Party
	Dues     []docket.Due
	Measures []docket.MeasureRead
	Findings []docket.Finding
}

func ReadLine(text string, opt LineOptions) Line { return Line{Text: text} }
