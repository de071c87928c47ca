package pdf

import (
	"slices"
	"sort"

	"github.com/docket-os/docket/internal/paper"
)

// grid is a region ruled into places: xs from the left, ys from the top.
type grid struct {
	box
	xs, ys []float32
	root   []int // for each place, the first place of the cell it belongs to
}

const (
	near      = 4   // points within which two rulings are one
	maxAcross = 200 // columns
	maxDown   = 1000
	maxPairs  = 4 << 20 // comparisons of level with upright lines on one page
)

// grids finds the tables of a page by their ruling lines.
func grids(rules []box) []grid {
	var level, upright []box
	for _, r := range rules {
		switch {
		case r.height() <= 3 && r.width() > near:
			level = append(level, r)
		case r.width() <= 3 && r.height() > near:
			upright = append(upright, r)
		}
	}
	if len(level)*len(upright) > maxPairs {
		return nil // a drawing
	}
	set := newUnion(len(level) + len(upright))
	for i, h := range level {
		for j, v := range upright {
			if v.midX() >= h.L-near && v.midX() <= h.R+near && h.midY() >= v.B-near && h.midY() <= v.T+near {
				set.join(i, len(level)+j)
			}
		}
	}
	members := map[int][2][]box{}
	for i, h := range level {
		m := members[set.find(i)]
		m[0] = append(m[0], h)
		members[set.find(i)] = m
	}
	for j, v := range upright {
		m := members[set.find(len(level)+j)]
		m[1] = append(m[1], v)
		members[set.find(len(level)+j)] = m
	}
	var out []grid
	for _, m := range members {
		if g, ok := gridOf(m[0], m[1]); ok {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b grid) int {
		if a.T != b.T {
			return sign(b.T - a.T)
		}
		return sign(a.L - b.L)
	})
	return out
}

func sign(v float32) int {
	switch {
	case v < 0:
		return -1
	case v > 0:
		return 1
	}
	return 0
}

func gridOf(level, upright []box) (grid, bool) {
	var xs, ys []float32
	for _, v := range upright {
		xs = append(xs, v.midX())
	}
	for _, h := range level {
		ys = append(ys, h.midY())
	}
	g := grid{xs: cluster(xs), ys: cluster(ys)}
	cols, rows := len(g.xs)-1, len(g.ys)-1
	if cols < 1 || rows < 1 || cols*rows < 2 || cols > maxAcross || rows > maxDown {
		return grid{}, false
	}
	slices.Reverse(g.ys)
	g.box = box{g.xs[0], g.ys[rows], g.xs[cols], g.ys[0]}
	set := newUnion(cols * rows)
	walls := make([]bool, cols*rows) // a wall at the right of the place
	for _, v := range upright {
		j := nearest(g.xs, v.midX())
		for i := 0; i < rows && j > 0 && j <= cols; i++ {
			if mid := (g.ys[i] + g.ys[i+1]) / 2; mid >= v.B && mid <= v.T {
				walls[i*cols+j-1] = true
			}
		}
	}
	floors := make([]bool, cols*rows) // a line under the place
	for _, h := range level {
		i := nearestDown(g.ys, h.midY())
		for j := 0; j < cols && i > 0 && i <= rows; j++ {
			if mid := (g.xs[j] + g.xs[j+1]) / 2; mid >= h.L && mid <= h.R {
				floors[(i-1)*cols+j] = true
			}
		}
	}
	for i := range rows {
		for j := range cols {
			at := i*cols + j
			if j+1 < cols && !walls[at] {
				set.join(at, at+1)
			}
			if i+1 < rows && !floors[at] {
				set.join(at, at+cols)
			}
		}
	}
	g.root = make([]int, cols*rows)
	for at := range g.root {
		g.root[at] = set.find(at)
	}
	return g, true
}

// cluster sorts values and keeps one for each group of near ones.
func cluster(v []float32) []float32 {
	slices.Sort(v)
	var out []float32
	for _, x := range v {
		if n := len(out); n == 0 || x-out[n-1] > near {
			out = append(out, x)
		}
	}
	return out
}

func nearest(sorted []float32, v float32) int {
	i := sort.Search(len(sorted), func(i int) bool { return sorted[i] >= v })
	if i == len(sorted) || i > 0 && v-sorted[i-1] < sorted[i]-v {
		i--
	}
	return i
}

func nearestDown(sorted []float32, v float32) int {
	i := sort.Search(len(sorted), func(i int) bool { return sorted[i] <= v })
	if i == len(sorted) || i > 0 && sorted[i-1]-v < v-sorted[i] {
		i--
	}
	return i
}

// place is the cell that holds the middle of a box, -1 outside.
func (g *grid) place(b box) int {
	x, y := b.midX(), b.midY()
	if x < g.L || x > g.R || y < g.B || y > g.T {
		return -1
	}
	cols := len(g.xs) - 1
	j := min(max(sort.Search(len(g.xs), func(i int) bool { return g.xs[i] > x })-1, 0), cols-1)
	i := min(max(sort.Search(len(g.ys), func(i int) bool { return g.ys[i] < y })-1, 0), len(g.ys)-2)
	return g.root[i*cols+j]
}

// cellBox is the place a cell covers.
func (g *grid) cellBox(root int) box {
	cols := len(g.xs) - 1
	b := box{g.xs[root%cols], g.ys[root/cols+1], g.xs[root%cols+1], g.ys[root/cols]}
	for at, r := range g.root {
		if r == root {
			b = b.join(box{g.xs[at%cols], g.ys[at/cols+1], g.xs[at%cols+1], g.ys[at/cols]})
		}
	}
	return b
}

// table fills the grid with glyphs; ok is false when fewer than two cells say
// anything: a frame, not a table.
func (g *grid) table(cells map[int][]glyph, page int) (*paper.Table, bool) {
	if len(cells) < 2 {
		return nil, false
	}
	texts := map[int]string{}
	for root, gs := range cells {
		texts[root] = cellText(linesOf(gs, page), g.cellBox(root))
	}
	cols := len(g.xs) - 1
	t := &paper.Table{}
	for i := range len(g.ys) - 1 {
		row := paper.Row{Page: page, Line: i + 1}
		var values []string
		for j := range cols {
			root := g.root[i*cols+j]
			row.Cells = append(row.Cells, paper.Cell{Text: texts[root], Merged: root != i*cols+j})
			values = append(values, texts[root])
		}
		if i == 0 && paper.LooksLikeHeader(values) {
			t.Header = 1
		}
		t.Rows = append(t.Rows, row)
	}
	return t, true
}

// union is a set of disjoint sets whose representative is the least member.
type union []int

func newUnion(n int) union {
	u := make(union, n)
	for i := range u {
		u[i] = i
	}
	return u
}

func (u union) find(i int) int {
	for u[i] != i {
		u[i] = u[u[i]]
		i = u[i]
	}
	return i
}

func (u union) join(a, b int) {
	a, b = u.find(a), u.find(b)
	u[max(a, b)] = min(a, b)
}
