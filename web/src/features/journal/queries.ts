import { base, client, take } from '../../api/client'
import type { JournalPage, PersonRow, Unit } from '../../api/types'
import { exportSearch, type Filter } from './model'

/** The verbs there are. */
export type Verb = JournalPage['items'][number]['verb']

/** One page of the journal, newest first. */
export function fetchJournal(f: Filter, before: number): Promise<JournalPage> {
  return take(client.GET('/journal', { params: { query: { ...f, verb: f.verb as Verb | undefined, before: before || undefined, limit: 100 } } }))
}

/** The address of the journal as a file. */
export function exportHref(f: Filter): string {
  return `${base}/journal.csv${exportSearch(f)}`
}

/** The units to narrow by. */
export async function fetchUnits(): Promise<Unit[]> {
  return (await take(client.GET('/units'))).items
}

/** Who is who, where the reader may know. */
export async function fetchPeople(): Promise<PersonRow[]> {
  return (await take(client.GET('/people'))).items
}
