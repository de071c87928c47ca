import type { Assignment, Clause, Finding, Matter, Measure, NewAssignment, NewMeasure, PatchMatter, Unit } from '../../api/types'

/** A clause's number as people say it: 一（二）, since （二） alone stands under every heading; 3.2 says all itself. */
export function shortPath(c: Pick<Clause, 'ord' | 'label' | 'path'>): string {
  const parts = c.path.split(' / ').filter(Boolean)
  const own = parts.at(-1) ?? c.label
  if (!own) return String(c.ord + 1)
  return /^[（(]/.test(own) && parts.length > 1 ? parts.at(-2)!.replace(/[、.．]$/, '') + own : own
}

/** The sentences of the body no row stands for, not even one set aside: any may be added by hand. */
export function untaken(clauses: Clause[], matters: Matter[]): Set<number> {
  const taken = new Set(matters.map((m) => m.clause_ord))
  return new Set(clauses.filter((c) => (c.kind === 'clause' || c.kind === 'text') && c.text.trim() && !taken.has(c.ord)).map((c) => c.ord))
}

/** All of a clause but its number, as a row's words and their place. */
export function whole(c: Pick<Clause, 'label' | 'text'>): { span: { start: number; end: number }; words: string } {
  const from = c.label && c.text.startsWith(c.label) ? c.label.length : 0
  const words = c.text.slice(from).trim()
  const start = c.text.indexOf(words, from)
  return { span: { start, end: start + words.length }, words }
}

/** At which level a unit made from its name stands: a place at its own, any other as a body's unit. */
export function levelOf(name: string): Unit['level'] {
  const place = name.replace(/(人民)?政府$|办事处$/, '')
  if (/(街道|镇|乡)$/.test(place)) return 'township'
  return /.[县区旗]$/.test(place) ? 'county' : 'unit'
}

/** Which rows the table shows. */
export type Show = 'all' | 'look' | 'aside'

/** The doubts a person should look at. */
export function doubts(m: Matter): Finding[] {
  return m.findings.filter((f) => f.severity === 'doubt')
}

/** Whether a row belongs under a filter; rows set aside are only under theirs and under all. */
export function shows(m: Matter, show: Show): boolean {
  if (show === 'aside') return m.aside
  if (show === 'look') return !m.aside && doubts(m).length > 0
  return true
}

/** How many rows each filter holds. */
export function counts(all: Matter[]): Record<Show, number> {
  const n = { all: all.length, look: 0, aside: 0 }
  for (const m of all) {
    if (shows(m, 'look')) n.look++
    if (m.aside) n.aside++
  }
  return n
}

/** The table's two columns of units: those who answer, and those who help. */
export function answering(m: Matter): Assignment[] {
  return m.assignments.filter((a) => a.role === 'lead' || a.role === 'several' || a.role === 'leader')
}

/** See answering. */
export function helping(m: Matter): Assignment[] {
  return m.assignments.filter((a) => a.role === 'support' || a.role === 'guide' || a.role === 'participate')
}

/** A name still to be settled: not matched to the directory. A leader is a person and needs no unit. */
export function unsettled(a: Assignment): boolean {
  return !a.unit && a.role !== 'leader'
}

/** A written name that waits for a person, with everything known about it. */
export interface OpenName {
  name: string
  vague: boolean
  rows: number
  suggested: { id: number; name: string }[]
}

/** Every name still to be settled, most frequent first: each is settled once for all. */
export function openNames(all: Matter[]): OpenName[] {
  const names = new Map<string, OpenName>()
  for (const m of all) {
    if (m.aside) continue
    for (const a of m.assignments) {
      if (!unsettled(a)) continue
      const known = names.get(a.name) ?? { name: a.name, vague: false, rows: 0, suggested: [] }
      known.rows++
      known.vague ||= a.vague ?? false
      for (const s of a.suggested ?? []) if (!known.suggested.some((x) => x.id === s.id)) known.suggested.push(s)
      names.set(a.name, known)
    }
  }
  return [...names.values()].sort((a, b) => b.rows - a.rows)
}

/** Assignments as the server takes them. */
export function asNew(all: Assignment[]): NewAssignment[] {
  return all.map((a) => ({ role: a.role, name: a.name, unit: a.unit }))
}

/** Measures as the server takes them. */
export function asNewMeasures(all: Measure[]): NewMeasure[] {
  return all.map((m) => ({ name: m.name, value: m.value, high: m.high, unit: m.unit, direction: m.direction, strength: m.strength, words: m.words }))
}

/** The patch that puts back what a patch is about to change. */
export function inverse(m: Matter, patch: PatchMatter): PatchMatter {
  const back: PatchMatter = {}
  if (patch.title !== undefined) back.title = m.title
  if (patch.requirement !== undefined) back.requirement = m.requirement
  if (patch.assignments !== undefined) back.assignments = asNew(m.assignments)
  if (patch.due !== undefined) back.due = m.due
  if (patch.review_on !== undefined) back.review_on = m.review_on
  if (patch.aside !== undefined) back.aside = m.aside
  if (patch.duty !== undefined) back.duty = m.duty
  if (patch.measures !== undefined) back.measures = asNewMeasures(m.measures)
  return back
}

/** Whether a patch would change nothing. */
export function idle(m: Matter, patch: PatchMatter): boolean {
  return JSON.stringify(patch) === JSON.stringify(inverse(m, patch))
}

/** Shows a patch at once, before the server has answered. */
export function applied(m: Matter, patch: PatchMatter, unitName: (id: number) => string): Matter {
  const { assignments, measures, ...plain } = patch
  const next = { ...m, ...plain }
  if (assignments) next.assignments = assignments.map((a) => ({ ...(m.assignments.find((x) => x.name === a.name && x.role === a.role) ?? byHand(m)), role: a.role, name: a.name || unitName(a.unit ?? 0), unit: a.unit ?? 0, unit_name: unitName(a.unit ?? 0), vague: a.unit ? false : m.assignments.find((x) => x.name === a.name)?.vague }))
  if (measures) next.measures = measures.map((x) => ({ ...x, words: x.words ?? '', from: m.measures.find((y) => y.words === x.words)?.from ?? byHand(m).from }))
  return next
}

function byHand(m: Matter): Assignment {
  return { role: 'lead', name: '', unit: 0, unit_name: '', suggested: [], from: { origin: 'hand', clause: m.clause_ord, span: { start: 0, end: 0 } } }
}
