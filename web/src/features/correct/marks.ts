import type { Matter, Provenance } from '../../api/types'

/** What a marked stretch of text was read as. */
export type Tint = 'unit' | 'due' | 'measure' | 'rule'

/** A stretch of a clause's text and the drafts that rest on it. */
export interface Piece {
  text: string
  tint?: Tint
  matters: number[]
}

interface Mark {
  start: number
  end: number
  tint: Tint
  matter: number
}

const rank: Record<Tint, number> = { unit: 0, due: 1, measure: 2, rule: 3 }

/** Every mark of a directive's drafts, by the position of the clause it stands in. */
export function marksByClause(matters: Matter[]): Map<number, Mark[]> {
  const all = new Map<number, Mark[]>()
  for (const m of matters) {
    if (m.aside) continue
    const put = (from: Provenance | undefined, tint: Tint) => {
      if (!from || from.origin === 'hand' || from.span.end <= from.span.start) return
      const mark = { start: from.span.start, end: from.span.end, tint: from.clause === m.clause_ord ? tint : 'rule' as const, matter: m.id }
      const row = all.get(from.clause)
      if (row) row.push(mark)
      else all.set(from.clause, [mark])
    }
    for (const a of m.assignments) put(a.from, 'unit')
    for (const d of m.dues) put(d.from_text, 'due')
    for (const x of m.measures) put(x.from, 'measure')
  }
  return all
}

/** Cuts a text at its marks; where marks overlap the more telling tint shows and both drafts are named. */
export function pieces(text: string, marks: Mark[] | undefined): Piece[] {
  if (!marks?.length) return [{ text, matters: [] }]
  const cuts = new Set([0, text.length])
  for (const m of marks) {
    cuts.add(Math.min(m.start, text.length))
    cuts.add(Math.min(m.end, text.length))
  }
  const points = [...cuts].sort((a, b) => a - b)
  const out: Piece[] = []
  for (let i = 0; i + 1 < points.length; i++) {
    const [start, end] = [points[i]!, points[i + 1]!]
    const over = marks.filter((m) => m.start <= start && m.end >= end)
    const tint = over.map((m) => m.tint).sort((a, b) => rank[a] - rank[b])[0]
    out.push({ text: text.slice(start, end), tint, matters: [...new Set(over.map((m) => m.matter))] })
  }
  return out
}
