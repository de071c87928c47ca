package typeset

import docket "github.com/docket-os/docket"

// Chart is a picture of figures: vectors in the PDF, a picture of 300 dots an
// inch in Word. Title stands above it as text.
type Chart struct {
	Title  string
	Alt    string  // said in place of the picture to who cannot see it; Title where empty
	Height float64 // mm; 0 is 55 for a Trajectory, by its rows for Bars
	Plot   Plot
}

// Plot is what a chart shows: a Trajectory or Bars.
type Plot interface {
	height() float64 // points it would like to have
	draw(p *plotter)
}

// Point is a value on a day.
type Point struct {
	Day   docket.Date
	Value float64
}

// Range is what a value is expected to lie in on a day.
type Range struct {
	Day       docket.Date
	Low, High float64
}

// Level is a value that holds all the time, such as a target.
type Level struct {
	Value float64
	Label string
}

// Names are the words of a trajectory's legend, in the document's language;
// what has no name is not in the legend.
type Names struct{ Planned, Actual, Band, AsOf string }

// Trajectory shows planned against actual over time.
type Trajectory struct {
	Unit    string  // of the values, above the axis
	Planned []Point // joined by lines, or by steps
	Steps   bool
	Actual  []Point
	Band    []Range     // of a forecast
	Target  *Level      // nil for none
	AsOf    docket.Date // a line on the day the figures are of; zero for none
	Names   Names
}

// Part is one of the parts bars are made of: each tone has its own pattern, and
// Mark (a lamp's shape, say) stands before its figure, so that the bars still
// read when printed in black.
type Part struct {
	Name, Mark string
	Color      Tone
}

// Bar is one horizontal bar: Values in the order of the parts.
type Bar struct {
	Label  string
	Values []float64
}

// Bars are horizontal stacked bars, one a row.
type Bars struct {
	Parts  []Part
	Rows   []Bar
	Shares bool // every bar is as wide as the others and shows shares
}
