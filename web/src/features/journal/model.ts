import type { JournalRow } from '../../api/types'

/** What the address of the journal narrows it to. */
export interface Filter {
  matter?: string
  unit?: number
  person?: number
  verb?: string
  from?: string
  to?: string
}

/** Reads the address. */
export function parse(q: URLSearchParams): Filter {
  return {
    matter: q.get('no')?.trim() || undefined, unit: Number(q.get('unit')) || undefined, person: Number(q.get('person')) || undefined,
    verb: q.get('verb') || undefined, from: q.get('from') || undefined, to: q.get('to') || undefined,
  }
}

/** The same for the exported file. */
export function exportSearch(f: Filter): string {
  const out = new URLSearchParams()
  for (const [k, v] of Object.entries(f)) if (v) out.set(k, String(v))
  const text = out.toString()
  return text ? '?' + text : ''
}

/** Whether anything narrows the journal. */
export function narrowed(f: Filter): boolean {
  return Object.values(f).some(Boolean)
}

/** The meeting an entry is about; 0 without one. */
export const meetingOf = (e: Pick<JournalRow, 'changes'>) => Number(e.changes.find((c) => c.field === 'stocktake')?.after ?? 0)

/** What a value of a change is, as it is shown: a list of plain values by its words,
 *  one of records by how many there are. */
export type Kind =
  | { kind: 'none' | 'data' }
  | { kind: 'day' | 'instant' | 'word'; text: string }
  | { kind: 'words'; words: string[] }
  | { kind: 'entries'; n: number }

export function kindOf(v: unknown): Kind {
  if (v === null || v === undefined || v === '') return { kind: 'none' }
  if (typeof v === 'string') return { kind: /^\d{4}-\d\d-\d\d$/.test(v) ? 'day' : /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(v) ? 'instant' : 'word', text: v }
  if (!Array.isArray(v)) return { kind: 'data' }
  if (!v.length) return { kind: 'none' }
  return v.some((x) => typeof x === 'object') ? { kind: 'entries', n: v.length } : { kind: 'words', words: v.map(String) }
}
