package app

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"time"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/paper"
	"github.com/docket-os/docket/internal/preview"
)

// shown remembers drawn pages and lets only few large files be worked on at
// once. A content never changes, so what was drawn of it stays right; who may
// see it is asked each time before.
type shown struct {
	turns chan struct{}
	mu    sync.Mutex
	bytes int
	kept  map[drawn][]byte
}

type drawn struct {
	sum        string
	page, edge int
}

const (
	atOnce       = 2        // large files worked on
	maxShown     = 24 << 20 // bytes of drawn pages remembered
	drawWithin   = 30 * time.Second
	thumbEdge    = 360
	fullEdge     = 1600
	shownPicture = "picture"
	shownPages   = "pages"
	shownText    = "text"
	shownNone    = "none"
)

func newShown() *shown {
	return &shown{turns: make(chan struct{}, atOnce), kept: map[drawn][]byte{}}
}

// turn waits until a large file may be worked on.
func (s *shown) turn(ctx context.Context) (release func(), err error) {
	select {
	case s.turns <- struct{}{}:
		return func() { <-s.turns }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (s *shown) get(k drawn) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept[k]
}

func (s *shown) put(k drawn, page []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.bytes += len(page); s.bytes > maxShown {
		clear(s.kept)
		s.bytes = len(page)
	}
	s.kept[k] = page
}

// shownAs says how a preview can show a media type.
func (a *App) shownAs(media string) string {
	switch {
	case preview.Drawable(media):
		return shownPicture
	case media == "application/pdf" && a.cfg.Pages != nil:
		return shownPages
	case media == "application/pdf", strings.HasSuffix(media, "wordprocessingml.document"), strings.HasSuffix(media, "spreadsheetml.sheet"),
		media == "text/plain", media == "text/csv", media == "text/markdown", media == "text/html":
		return shownText
	}
	return shownNone
}

// Preview is what can be shown of a piece of evidence without leaving the page.
type Preview struct {
	Shown  string          `json:"shown" enum:"picture,pages,text,none"`
	Pages  int             `json:"pages"`  // that PagePicture draws
	Blocks []preview.Block `json:"blocks"` // of a text
	Cut    bool            `json:"cut"`    // more follows than is shown
}

// EvidenceFile opens the content of a piece of evidence. The caller closes it.
func (a *App) EvidenceFile(ctx context.Context, actor docket.Actor, id docket.MatterID, ev docket.EvidenceID) (docket.Evidence, docket.File, error) {
	if err := allow(&actor, docket.ActRead); err != nil {
		return docket.Evidence{}, nil, err
	}
	var e docket.Evidence
	err := a.cfg.Store.View(ctx, func(r docket.Reader) (err error) {
		e, err = r.Evidence(ctx, actor.Scope(), id, ev)
		return err
	})
	if err != nil {
		return e, nil, err
	}
	f, err := a.cfg.Files.Open(ctx, e.SHA256)
	return e, f, err
}

// PreviewEvidence tells how a piece can be shown and, of a text, shows its start.
func (a *App) PreviewEvidence(ctx context.Context, actor docket.Actor, id docket.MatterID, ev docket.EvidenceID) (Preview, error) {
	e, f, err := a.EvidenceFile(ctx, actor, id, ev)
	if err != nil {
		return Preview{}, err
	}
	defer f.Close()
	p := Preview{Shown: a.shownAs(e.Media), Blocks: []preview.Block{}}
	ctx, cancel := context.WithTimeout(ctx, drawWithin)
	defer cancel()
	switch p.Shown {
	case shownPicture:
		p.Pages = 1
	case shownPages:
		release, err := a.shown.turn(ctx)
		if err != nil {
			return p, err
		}
		defer release()
		_, p.Pages, err = a.cfg.Pages.Draw(ctx, sourceOf(&e, f), 1, thumbEdge)
		return p, tooLong(&e, err)
	case shownText:
		release, err := a.shown.turn(ctx)
		if err != nil {
			return p, err
		}
		defer release()
		limits := a.cfg.Limits
		limits.FileBytes = docket.MaxEvidenceBytes
		doc, err := a.cfg.Readers.Read(ctx, sourceOf(&e, f), limits)
		if err != nil {
			return p, tooLong(&e, err)
		}
		p.Blocks, p.Cut = preview.Text(doc)
	}
	return p, nil
}

func sourceOf(e *docket.Evidence, f docket.File) paper.Source {
	return paper.Source{Name: e.Name, Size: f.Size(), ReaderAt: f}
}

// tooLong says that drawing took more time than a page waits for.
func tooLong(e *docket.Evidence, err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return docket.Errorf(docket.TooLarge, "preview.too_slow", e.Name+" takes too long to be shown here; download it", "file", e.Name)
	}
	return err
}

// PagePicture draws a page of a piece of evidence as a JPEG, small or full; a
// picture has one page.
func (a *App) PagePicture(ctx context.Context, actor docket.Actor, id docket.MatterID, ev docket.EvidenceID, page int, full bool) ([]byte, error) {
	e, f, err := a.EvidenceFile(ctx, actor, id, ev)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return a.drawPage(ctx, &e, f, page, full)
}

// drawPage draws a page of an opened file, of which name, hash and media type are known.
func (a *App) drawPage(ctx context.Context, e *docket.Evidence, f docket.File, page int, full bool) ([]byte, error) {
	as := a.shownAs(e.Media)
	if as != shownPages && (as != shownPicture || page != 1) {
		return nil, notFound()
	}
	k := drawn{e.SHA256, page, thumbEdge}
	if full {
		k.edge = fullEdge
	}
	if kept := a.shown.get(k); kept != nil {
		return kept, nil
	}
	ctx, cancel := context.WithTimeout(ctx, drawWithin)
	defer cancel()
	release, err := a.shown.turn(ctx)
	if err != nil {
		return nil, tooLong(e, err)
	}
	defer release()
	var picture []byte
	if as == shownPages {
		picture, _, err = a.cfg.Pages.Draw(ctx, sourceOf(e, f), page, k.edge)
	} else {
		picture, err = preview.Picture(io.NewSectionReader(f, 0, f.Size()), e.Name, k.edge)
	}
	if err != nil {
		return nil, tooLong(e, err)
	}
	a.shown.put(k, picture)
	return picture, nil
}
