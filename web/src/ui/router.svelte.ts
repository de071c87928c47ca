// A router on the History API: the path chooses the page, the query holds filters.

let here = $state.raw(new URL(location.href))
let leaving = $state(0)

/** Where the reader is. */
export const route = {
  get path() {
    return here.pathname
  },
  get query() {
    return here.searchParams
  },
  get href() {
    return here.pathname + here.search
  },
  /** Counts moves to other pages, so that focus can follow. */
  get moves() {
    return leaving
  },
}

/** Moves to another page of ours. */
export function go(href: string, replace = false): void {
  const next = new URL(href, location.href)
  if (next.origin !== location.origin) return // never an open redirect
  const turn = next.pathname !== here.pathname
  keepScroll()
  if (replace) history.replaceState({ y: 0 }, '', next)
  else history.pushState({ y: 0 }, '', next)
  here = next
  if (turn) {
    leaving++
    scrollTo(0, 0)
  }
}

/** Changes parts of the query; undefined or "" removes one. */
export function setQuery(patch: Record<string, string | undefined>, replace = true): void {
  const next = new URL(here)
  for (const [k, v] of Object.entries(patch)) {
    if (v) next.searchParams.set(k, v)
    else next.searchParams.delete(k)
  }
  if (next.href !== here.href) go(next.pathname + next.search, replace)
}

/** The present address with a part of the query changed. */
export function withQuery(patch: Record<string, string | undefined>): string {
  const next = new URL(here)
  for (const [k, v] of Object.entries(patch)) {
    if (v) next.searchParams.set(k, v)
    else next.searchParams.delete(k)
  }
  return next.pathname + next.search
}

/** Listens to links and to the browser's own back and forward; call once. */
export function startRouter(): void {
  history.scrollRestoration = 'manual'
  addEventListener('popstate', () => {
    const turn = location.pathname !== here.pathname
    here = new URL(location.href)
    if (turn) {
      leaving++
      restoreScroll((history.state as { y?: number } | null)?.y ?? 0)
    }
  })
  addEventListener('pagehide', keepScroll)
  document.addEventListener('click', (e) => {
    if (e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return
    const a = (e.target as Element).closest('a')
    if (!a || a.target || a.hasAttribute('download') || a.origin !== location.origin) return
    if (a.pathname.startsWith('/api/') || a.getAttribute('href')?.startsWith('#')) return
    e.preventDefault()
    go(a.pathname + a.search)
  })
}

function keepScroll() {
  history.replaceState({ ...(history.state as object | null), y: scrollY }, '')
}

/** Goes back to a height as soon as the page has grown to it; gives up after two seconds. */
function restoreScroll(y: number) {
  const until = performance.now() + 2000
  const attempt = () => {
    scrollTo(0, y)
    if (Math.abs(scrollY - y) > 2 && performance.now() < until) requestAnimationFrame(attempt)
  }
  requestAnimationFrame(attempt)
}
