import type { Moved, NewAssignment } from '../../api/types'
import { fieldWords, readProblem } from '../../api/problem'

/** What can be done to many matters at once, and the act each needs. */
export const bulkVerbs = [
  { verb: 'chase', act: 'chase' },
  { verb: 'reassign', act: 'assign' },
  { verb: 'park', act: 'park' },
  { verb: 'resume', act: 'park' },
  { verb: 'stop', act: 'stop' },
] as const
export type BulkVerb = (typeof bulkVerbs)[number]['verb']

/** What is entered once for all. */
export interface Deed {
  words: string
  due: string
  look_on: string
  condition: string
  assignments: NewAssignment[]
}

/** What each verb asks for. */
export const asks: Record<BulkVerb, (keyof Deed)[]> = {
  chase: ['due', 'words'],
  reassign: ['assignments', 'words'],
  park: ['look_on', 'condition', 'words'],
  resume: ['words'],
  stop: ['words'],
}

/** Only what the verb asks for is sent. */
export function bodyOf(verb: BulkVerb, d: Deed) {
  return Object.fromEntries(asks[verb].filter((k) => d[k].length > 0).map((k) => [k, d[k]])) as Partial<Deed>
}

/** The refusals, those with the same reason together, the most frequent first. */
export function refusals(all: Moved[]): { reason: string; matters: Moved[] }[] {
  const by = new Map<string, Moved[]>()
  for (const m of all) {
    if (!m.problem) continue
    const p = readProblem(m.problem.status, m.problem)
    const reason = p.fields.length ? p.fields.map(fieldWords).join(' ') : p.words
    by.set(reason, [...(by.get(reason) ?? []), m])
  }
  return [...by].map(([reason, matters]) => ({ reason, matters })).sort((a, b) => b.matters.length - a.matters.length)
}

/** The matters that would be, or were, moved. */
export function moved(all: Moved[]): Moved[] {
  return all.filter((m) => !m.problem)
}
