package pdf

import (
	"context"

	"github.com/docket-os/docket/internal/paper"
)

// Drawer draws pages of PDF files, in the same children that read them.
type Drawer struct {
	cfg  Config
	free chan struct{}
}

// NewDrawer makes a drawer. It waits for a free child when Parallel are drawing.
func NewDrawer(c Config) *Drawer {
	c = c.withDefaults()
	return &Drawer{cfg: c, free: make(chan struct{}, c.Parallel)}
}

// Draw draws a page, counted from 1, as a JPEG whose longer edge has so many
// pixels, and says how many pages there are. A page that is not there is
// docket.NotFound.
func (d *Drawer) Draw(ctx context.Context, src paper.Source, page, edge int) (jpeg []byte, pages int, err error) {
	select {
	case d.free <- struct{}{}:
		defer func() { <-d.free }()
	case <-ctx.Done():
		return nil, 0, ctx.Err()
	}
	_, end, err := run(ctx, d.cfg, src, paper.Limits{}.WithDefaults(), job{Draw: max(1, page), Edge: edge})
	return end.JPEG, end.Count, err
}
