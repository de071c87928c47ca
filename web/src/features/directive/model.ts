import type { Clause } from '../../api/types'

/** A clause as it is set on the page. */
export interface Set {
  clause: Clause
  /** How far below the top it stands: 0 for 一、, 1 for （一）. */
  depth: number
  /** Its own lamp in the gutter; "" where a clause asks nothing. */
  lamp: string
  /** Nobody has taken it up. */
  open: boolean
  /** The cells of a table's row; empty for running text. */
  cells: string[]
  /** What each cell is, by the head of its table; empty where there is none, and for the head itself. */
  heads: string[]
  /** Widths of the cells as a grid wants them, the same for every row of a table. */
  widths: string[]
  /** The lines of front matter, each set as what it is. */
  front: FrontLine[]
}

/** Sets the clauses: depths from their parents, gaps where a demand has no matter. */
export function typeset(clauses: Clause[], front = frontReader({ title: '', number: '', issuer: '' })): Set[] {
  const depth = new Map<number, number>()
  const set = clauses.map((clause) => {
    const above = depth.get(clause.parent)
    const here = above === undefined ? 0 : above + 1
    depth.set(clause.ord, here)
    const taken = clause.matters.length > 0 || clause.hidden > 0
    const open = clause.kind === 'clause' && !taken
    return { clause, depth: here, lamp: taken ? (clause.lamp ?? '') : '', open, cells: clause.text.includes('\t') ? clause.text.split('\t') : [], widths: [] as string[], heads: [] as string[], front: clause.kind === 'front' ? front(clause.text) : [] }
  })
  alignTables(set)
  return set
}

/** Gives the rows of one table the same cells and widths, by the longest cell of each column; no Latin
 *  word is broken. A row whose last cells are empty is read without them, and gets them back: what it
 *  says must stay under its own head. Widths are in em, which a bold head shares with its rows. A head of another length begins the next table. */
function alignTables(set: Set[]): void {
  for (let i = 0; i < set.length; ) {
    const first = set[i]!
    let end = i + 1
    const goesOn = (s: Set) => s.cells.length > 0 && (s.clause.kind !== 'heading' || s.cells.length === first.cells.length)
    while (first.cells.length > 0 && end < set.length && goesOn(set[end]!)) end++
    const rows = set.slice(i, end)
    const n = Math.max(...rows.map((r) => r.cells.length))
    for (const row of rows) row.cells = [...row.cells, ...Array<string>(n - row.cells.length).fill('')]
    const widths = Array.from({ length: n }, (_, c) => {
      const cells = rows.map((r) => r.cells[c]!)
      const word = Math.max(2, ...cells.flatMap((x) => x.match(/[\w.,'’-]+/g) ?? []).map((w) => w.length))
      return `minmax(${((Math.min(word, 14) + 1) * 0.55).toFixed(2)}em, ${Math.min(30, Math.max(5, ...cells.map((x) => x.length)))}fr)`
    })
    for (const row of rows) {
      row.widths = widths
      if (first.clause.kind === 'heading' && row !== first) row.heads = first.cells
    }
    i = end
  }
}

/** The contents at the side: headings down to the second level. */
export function contents(set: Set[]): { ord: number; text: string; depth: number }[] {
  return set
    .filter((s) => s.clause.kind === 'heading' && s.depth < 2 && !s.cells.length)
    .map((s) => ({ ord: s.clause.ord, text: s.clause.text.trim().split('\n')[0]!, depth: s.depth }))
}

/** What a line of the front matter is, so that it can be set as one. */
export type FrontLine = { text: string; as: 'title' | 'number' | 'sign' | '' }

/** Reads the lines of the front matter in order: the title may run over several, and a signature names the issuer again. */
export function frontReader(d: { title: string; number: string; issuer: string }): (text: string) => FrontLine[] {
  const same = (s: string) => s.replace(/\s/g, '')
  const title = same(d.title)
  let at = 0
  return (text) =>
    text.split('\n').map((l) => l.trim()).filter(Boolean).map((line) => {
      const words = same(line)
      if (at < title.length && title.startsWith(words, at)) {
        at += words.length
        return { text: line, as: 'title' }
      }
      if (d.number && words === same(d.number)) return { text: line, as: 'number' }
      if (at > 0 && (words === same(d.issuer) || /^[\d〇一二三四五六七八九十]{4}年.{2,6}日$/.test(words))) return { text: line, as: 'sign' }
      return { text: line, as: '' }
    })
}
