import { client, ifMatch, once, take } from '../../api/client'
import type { Desk } from '../../api/types'

/** What I owe, what waits for me, what came back. */
export function fetchDesk(): Promise<Desk> {
  return take(client.GET('/desk'))
}

/** Confirms for a unit that it has received a matter. */
export async function acknowledge(matter: number, unit: number, version: number): Promise<void> {
  await take(client.POST('/matters/{id}/acknowledge', { params: { path: { id: matter }, header: { ...once(), ...ifMatch(version) } }, body: { unit } }))
}
