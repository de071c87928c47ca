// Package board keeps every registered matter as columns in memory, so that
// lists, counts and the gutter are answered in milliseconds and lamps may depend
// on the calendar. Versions are immutable: readers never wait. The board follows
// the journal: what this node writes is shown before the writer gets its answer,
// what others write when Follow is called. Drafts are not on it.
package board

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	docket "github.com/docket-os/docket"
	"github.com/docket-os/docket/internal/measure"
)

// Board is the matters of one store.
type Board struct {
	mu  sync.Mutex // one writer at a time
	seq int64      // last journal entry taken in; guarded by mu

	waiting sync.Mutex
	next    *batch // changes that will be taken in together; guarded by waiting

	at atomic.Pointer[version]
}

// Load reads all matters.
func Load(ctx context.Context, s docket.Store) (*Board, error) {
	b := &Board{}
	return b, b.reload(ctx, s)
}

// reload reads everything anew. The caller holds mu or the board is not shared yet.
func (b *Board) reload(ctx context.Context, s docket.Store) error {
	var seq int64
	var c *columns
	err := s.View(ctx, func(r docket.Reader) (err error) {
		if seq, err = r.LastSeq(ctx); err != nil {
			return err
		}
		c = &columns{}
		for row, err := range r.MatterRows(ctx) {
			if err != nil {
				return err
			}
			if row.Status != docket.Draft {
				c.add(&row)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("load the board: %w", err)
	}
	c.index()
	b.seq = seq
	b.at.Store(&version{columns: c})
	return nil
}

// many is how many changed matters make it cheaper to read all anew.
const many = 20_000

// batch is the changes of writers that wait for the board at the same time.
type batch struct {
	ids  []docket.MatterID
	done bool
	err  error
}

// Refresh takes in the present state of matters after a commit of this node.
// Writers that come while another's change is being taken in are served
// together: a new version costs the same for one matter and for fifty.
func (b *Board) Refresh(ctx context.Context, s docket.Store, ids []docket.MatterID) error {
	b.waiting.Lock()
	if b.next == nil {
		b.next = &batch{}
	}
	mine := b.next
	mine.ids = append(mine.ids, ids...)
	b.waiting.Unlock()

	b.mu.Lock()
	defer b.mu.Unlock()
	if mine.done {
		return mine.err
	}
	b.waiting.Lock()
	b.next = nil
	b.waiting.Unlock()
	// The others' answers must not hang on whether this writer's client waits.
	mine.err = b.refresh(context.WithoutCancel(ctx), s, mine.ids)
	mine.done = true
	return mine.err
}

func (b *Board) refresh(ctx context.Context, s docket.Store, ids []docket.MatterID) error {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	if len(ids) == 0 {
		return nil
	}
	if len(ids) > many {
		return b.reload(ctx, s)
	}
	var rows []docket.MatterRow
	err := s.View(ctx, func(r docket.Reader) error {
		rows = rows[:0]
		for row, err := range r.MatterRows(ctx, ids...) {
			if err != nil {
				return err
			}
			if row.Status != docket.Draft {
				rows = append(rows, row)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("refresh %d matters: %w", len(ids), err)
	}
	slices.SortFunc(rows, func(x, y docket.MatterRow) int { return cmp.Compare(x.ID, y.ID) })
	b.at.Store(b.at.Load().with(ids, rows))
	return nil
}

// News says what else than matters the journal told of.
type News struct {
	Units      bool                 // the tree changed
	Directives []docket.DirectiveID // these changed, apart from their matters
	Lamps      bool                 // the thresholds of the lamps changed
	Calendar   bool                 // the working calendar changed
}

// perPoll is how many entries are read at a time.
const perPoll = 5000

// Follow takes in every change that the journal tells of since the last call.
func (b *Board) Follow(ctx context.Context, s docket.Store) (News, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	var news News
	for {
		var entries []docket.Entry
		err := s.View(ctx, func(r docket.Reader) (err error) {
			entries, err = r.Entries(ctx, docket.EntryQuery{}, b.seq, perPoll)
			return err
		})
		if err != nil {
			return news, fmt.Errorf("read the journal after %d: %w", b.seq, err)
		}
		if len(entries) == 0 {
			return news, nil
		}
		var ids []docket.MatterID
		for _, e := range entries {
			if e.Matter != 0 {
				ids = append(ids, e.Matter)
			} else if e.Directive != 0 {
				news.Directives = append(news.Directives, e.Directive)
			}
			news.Units = news.Units || e.Unit != 0
			news.Lamps = news.Lamps || e.Verb == docket.VerbSetLamps
			news.Calendar = news.Calendar || e.Verb == docket.VerbSetCalendar
		}
		if err := b.refresh(ctx, s, ids); err != nil {
			return news, err
		}
		b.seq = max(b.seq, entries[len(entries)-1].Seq)
	}
}

// View is the board as one reader sees it: one version, with the lamps of one day.
type View struct {
	*version
	today measure.Today
	lamps []uint8 // rank of the lamp of each row
}

// View gives the newest version with the lamps of today.
func (b *Board) View(today measure.Today) View {
	v := b.at.Load()
	return View{version: v, today: today, lamps: v.lampsOf(today)}
}

// Len is how many matters are registered.
func (v *version) Len() int { return len(v.id) }

// Facts gives what the lamp of a matter is computed from; ok is false when the
// matter is not on the board.
func (v View) Facts(id docket.MatterID) (f measure.Facts, ok bool) {
	i, ok := slices.BinarySearch(v.id, id)
	if !ok {
		return f, false
	}
	return v.facts(i), true
}

// Today is the day whose lamps the view shows.
func (v View) Today() measure.Today { return v.today }
