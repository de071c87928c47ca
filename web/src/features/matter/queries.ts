import { client, ifMatch, once, take } from '../../api/client'
import type { MatterPage } from '../../api/types'

/** A matter with everything its reader may know. */
export function fetchMatter(id: number): Promise<MatterPage> {
  return take(client.GET('/matters/{id}', { params: { path: { id } } }))
}

/** Confirms for a unit that it has received the matter. */
export function acknowledge(id: number, unit: number, version: number): Promise<MatterPage> {
  return take(client.POST('/matters/{id}/acknowledge', { params: { path: { id }, header: { ...once(), ...ifMatch(version) } }, body: { unit } }))
}
