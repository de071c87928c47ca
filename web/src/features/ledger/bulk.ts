import type { Moved, NewAssignment, Urged } from '../../api/types'
import { fieldWords, readProblem } from '../../api/problem'
import { t } from '../../i18n/index.svelte'

/** What can be done to many matters at once, and the act each needs. */
export const bulkVerbs = [
  { verb: 'urge', act: 'urge' },
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
  urge: ['words'],
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

/** One line of a preview: a matter or, where units are pressed, a unit in one. */
export type Line = Moved & Partial<Urged>

/** Tells lines of a preview apart. */
export const lineKey = (l: Line) => `${l.matter}-${l.unit ?? 0}`

/** The refusals, those with the same reason together, the most frequent first. */
export function refusals(all: Line[]): { reason: string; matters: Line[] }[] {
  const by = new Map<string, Line[]>()
  for (const m of all) {
    if (!m.problem) continue
    const p = readProblem(m.problem.status, m.problem)
    const reason = m.problem.key === 'urge.today' ? t('bulk.urged_today') : p.fields.length ? p.fields.map(fieldWords).join(' ') : p.words
    by.set(reason, [...(by.get(reason) ?? []), m])
  }
  return [...by].map(([reason, matters]) => ({ reason, matters })).sort((a, b) => b.matters.length - a.matters.length)
}

/** The matters that would be, or were, moved. */
export function moved(all: Line[]): Line[] {
  return all.filter((m) => !m.problem)
}
