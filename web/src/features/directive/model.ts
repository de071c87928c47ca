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
  /** Long continuous text is set justified with an indented first line; a table row is not. */
  cells: string[]
}

/** Sets the clauses: depths from their parents, gaps where a demand has no matter. */
export function typeset(clauses: Clause[]): Set[] {
  const depth = new Map<number, number>()
  return clauses.map((clause) => {
    const above = depth.get(clause.parent)
    const here = above === undefined ? 0 : above + 1
    depth.set(clause.ord, here)
    const taken = clause.matters.length > 0 || clause.hidden > 0
    const open = clause.kind === 'clause' && !taken
    return { clause, depth: here, lamp: taken ? (clause.lamp ?? '') : '', open, cells: clause.text.includes('\t') ? clause.text.split('\t') : [] }
  })
}

/** The contents at the side: headings down to the second level. */
export function contents(set: Set[]): { ord: number; text: string; depth: number }[] {
  return set
    .filter((s) => s.clause.kind === 'heading' && s.depth < 2)
    .map((s) => ({ ord: s.clause.ord, text: s.clause.text.trim().split('\n')[0]!, depth: s.depth }))
}

/** Splits a title from the rest of the front matter, so that it can be set as one. */
export function frontLines(text: string, title: string): { text: string; title: boolean }[] {
  const same = (s: string) => s.replace(/\s/g, '')
  return text.split('\n').filter((l) => l.trim()).map((line) => ({ text: line.trim(), title: same(line) !== '' && same(title).includes(same(line)) && same(line).length > 4 }))
}
