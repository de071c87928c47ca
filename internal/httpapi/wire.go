package httpapi

import docket "github.com/docket-os/docket"

// The wire types are what leaves and enters over HTTP. Most are the app's own
// views; a type here embeds or replaces one where the wire differs, in four
// things only: spans count UTF-16 code units, instants that did not happen are
// left out, lists are never null, and secrets stay inside.

// List is a whole list, or one page of a longer one: NextCursor asks for the
// following page and is absent on the last.
type List[T any] struct {
	Items      []T    `json:"items"`
	NextCursor string `json:"next_cursor,omitempty" doc:"Pass as cursor for the next page; absent on the last"`
	Total      int    `json:"total" doc:"How many there are in all pages"`
}

// Lamps counts matters by lamp; a lamp without matters may be absent.
type Lamps map[docket.Lamp]int

// list wraps a whole list.
func list[T any](items []T) List[T] { return List[T]{Items: full(items), Total: len(items)} }

// full returns s, or an empty list for nil: JSON lists are never null.
func full[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// each turns every noun of a list into its wire type.
func each[N, W any](nouns []N, wire func(N) W) []W {
	out := make([]W, len(nouns))
	for i, n := range nouns {
		out[i] = wire(n)
	}
	return out
}

// counts returns c, or an empty object for nil.
func counts[K comparable](c map[K]int) map[K]int {
	if c == nil {
		return map[K]int{}
	}
	return c
}
