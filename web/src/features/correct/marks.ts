import type { Clause, Matter, Provenance } from '../../api/types'

/** What a marked stretch of text was read as. */
export type Tint = 'unit' | 'due' | 'measure' | 'rule'

/** A stretch of a clause's text and the drafts that rest on it. */
export interface Piece {
  text: string
  tint?: Tint
  matters: number[]
}

/** A span of one clause that a draft rests on. */
export interface Mark {
  clause: number
  start: number
  end: number
  tint: Tint
  matter: number
}

const rank: Record<Tint, number> = { unit: 0, due: 1, measure: 2, rule: 3 }

/** The marks of one draft; what stands in another clause than its own is inherited. */
export function marksOf(m: Matter): Mark[] {
  const out: Mark[] = []
  if (m.aside) return out
  const put = (from: Provenance | undefined, tint: Tint) => {
    if (!from || from.origin === 'hand' || from.span.end <= from.span.start) return
    out.push({ clause: from.clause, start: from.span.start, end: from.span.end, tint: from.clause === m.clause_ord ? tint : 'rule', matter: m.id })
  }
  for (const a of m.assignments) put(a.from, 'unit')
  for (const d of m.dues) put(d.from_text, 'due')
  for (const x of m.measures) put(x.from, 'measure')
  return out
}

/** Cuts a text at its marks; where marks overlap the more telling tint shows and both drafts are named. */
export function pieces(text: string, marks: Mark[]): Piece[] {
  if (!marks.length) return [{ text, matters: [] }]
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

/** Cuts every clause, again only where a draft that touches it has changed. */
export class Cutter {
  #marks = new WeakMap<Matter, Mark[]>()
  #kept = new Map<number, { from: Matter[]; cut: Piece[] }>()

  cut(clauses: Clause[], matters: Matter[]): Map<number, Piece[]> {
    const touching = new Map<number, Matter[]>()
    for (const m of matters) {
      for (const ord of new Set(this.marks(m).map((x) => x.clause))) {
        const row = touching.get(ord)
        if (row) row.push(m)
        else touching.set(ord, [m])
      }
    }
    const out = new Map<number, Piece[]>()
    for (const c of clauses) {
      const from = touching.get(c.ord) ?? []
      const kept = this.#kept.get(c.ord)
      const same = kept && kept.from.length === from.length && kept.from.every((m, i) => m === from[i])
      const cut = same ? kept.cut : pieces(c.text, from.flatMap((m) => this.marks(m).filter((x) => x.clause === c.ord)))
      if (!same) this.#kept.set(c.ord, { from, cut })
      out.set(c.ord, cut)
    }
    return out
  }

  /** The marks of a draft, worked out once for each version of it. */
  marks(m: Matter): Mark[] {
    let known = this.#marks.get(m)
    if (!known) this.#marks.set(m, (known = marksOf(m)))
    return known
  }
}
