import { client, take } from '../../api/client'
import type { KeepingLine, KeepingRecord, KeepingRow } from '../../api/types'

/** How units, and leaders for their own promises, kept what meetings since a day left to be kept. */
export function fetchKeeping(since: string): Promise<KeepingRecord> {
  return take(client.GET('/stocktakes/keeping', { params: { query: { since } } }))
}

/** The lines behind one row, the gravest first. */
export async function fetchLines(since: string, of: KeepingRow): Promise<KeepingLine[]> {
  return (await take(client.GET('/stocktakes/keeping/lines', { params: { query: { since, unit: of.unit, person: of.person } } }))).items
}
