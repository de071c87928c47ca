import { client, ifMatch, once, take } from '../../api/client'
import { given } from '../../api/given'
import type { Desk, DeskRow, LedgerGroup } from '../../api/types'

/** What I owe, what waits for me, what came back. */
export function fetchDesk(): Promise<Desk> | Desk {
  return given<Desk>('/desk') ?? take(client.GET('/desk'))
}

/** Confirms for a unit that it has received a matter. */
export async function acknowledge(matter: number, unit: number, version: number): Promise<void> {
  await take(client.POST('/matters/{id}/moves', { params: { path: { id: matter }, header: { ...once(), ...ifMatch(version) } }, body: { verb: 'acknowledge', unit } }))
}

const ofStatement = (row: DeskRow) => ({ path: { id: row.stocktake!, unit: row.unit! }, header: { ...once(), ...ifMatch(row.version) } })

/** The leader's word on a unit's statement: it is filed. */
export async function agree(row: DeskRow): Promise<void> {
  await take(client.POST('/stocktakes/{id}/statements/{unit}/agree', { params: ofStatement(row) }))
}

/** Sends a unit's statement back with the reason. */
export async function sendBack(row: DeskRow, text: string): Promise<void> {
  await take(client.POST('/stocktakes/{id}/statements/{unit}/return', { params: ofStatement(row), body: { text } }))
}

/** The open matters of a leader's units, counted by unit and lamp. */
export async function fetchUnitsAtAGlance(): Promise<LedgerGroup[]> {
  const status = ['assigned', 'disputed', 'accepted', 'in_progress', 'claimed', 'reopened', 'parked'] as const
  return (await take(client.GET('/ledger', { params: { query: { group: 'unit', status: [...status], limit: 1 } } }))).groups
}
