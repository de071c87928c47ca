import type { Sheet, SheetCell, SheetFault, SheetRow, SheetState } from '../../api/types'

/** Says a key of the shared sentences; undefined when there is none. */
export type Say = (key: string, args?: Record<string, string>) => string | undefined

/** A fault in words; an argument "@KEY" is a sentence itself. */
export function faultWords(f: SheetFault, say: Say): string {
  if (!f.key) return ''
  const args = Object.fromEntries(Object.entries(f.args ?? {}).map(([k, v]) => [k, v.startsWith('@') ? (say(v.slice(1)) ?? v.slice(1)) : v]))
  return say(f.key, args) ?? f.message
}

/** The cells of a row a person has to see: edited, in conflict or at fault. */
export function shown(row: SheetRow): SheetCell[] {
  return row.cells.filter((c) => c.edited || c.fault.key || c.take)
}

/** The states that can be looked at by themselves, those that want something first. */
export const states: SheetState[] = ['faulty', 'conflict', 'changed', 'refused', 'queued', 'done', 'same']

/** The states a person wants to see when the address names none. */
export function firstState(counts: Record<string, number>): SheetState[] {
  const open = states.slice(0, 4).filter((s) => counts[s])
  return open.length ? open : states.filter((s) => counts[s])
}

/** Whether somebody is still at work on it. */
export function running(s: Sheet): boolean {
  return s.phase === 'reading' || s.phase === 'applying'
}

/** How much of the running phase is done, 0 to 1; undefined while nobody knows. */
export function share(s: Sheet): number | undefined {
  return s.of > 0 ? Math.min(1, s.done / s.of) : undefined
}

/** The rows of a page with one of them changed. */
export function replaced(rows: SheetRow[], row: SheetRow): SheetRow[] {
  return rows.map((r) => (r.ord === row.ord ? row : r))
}

/** The counts after one row went from a state to another. */
export function recount(s: Sheet, from: SheetState, to: SheetState): Sheet {
  if (from === to) return s
  return { ...s, counts: { ...s.counts, [from]: Math.max(0, (s.counts[from] ?? 0) - 1), [to]: (s.counts[to] ?? 0) + 1 } }
}

/** How many rows a confirmation would write: those chosen, or all that are changed. */
export function toWrite(s: Sheet, chosen: number[]): number {
  return chosen.length || (s.counts.changed ?? 0)
}
