import { client, ifMatch, once, take, upload } from '../../api/client'
import { given } from '../../api/given'
import type { Level, Reason, Unit, UnitDetail, UnitImport } from '../../api/types'

const at = (id: number) => ({ path: { id } })

/** The whole tree as it stood on a day; "" is today. */
export function fetchUnits(on: string): Promise<Unit[]> | Unit[] {
  const query = on ? { on } : {}
  return given<{ items: Unit[] }>('/units', query)?.items ?? take(client.GET('/units', { params: { query } })).then((all) => all.items)
}

/** One unit with its place, its former names and what became of it. */
export function fetchUnit(id: number): Promise<UnitDetail> {
  return take(client.GET('/units/{id}', { params: at(id) }))
}

/** What a new unit is founded with. */
export interface NewUnit {
  name: string
  code: string
  parent: number
  level: Level
  aliases: string[]
  from: string
}

export async function addUnit(body: NewUnit): Promise<number> {
  return (await take(client.POST('/units', { params: { header: once() }, body }))).id
}

/** Corrects a unit's fields without a new version of its name. */
export async function correctUnit(u: UnitDetail, body: { name?: string; code?: string; level?: Level; aliases?: string[] }): Promise<void> {
  await take(client.PATCH('/units/{id}', { params: { ...at(u.id), header: ifMatch(u.version) }, body }))
}

/** What happens to a unit on a day, for a reason. */
export type Change =
  | { kind: 'rename'; name: string }
  | { kind: 'move'; parent: number }
  | { kind: 'merge'; into: number }
  | { kind: 'split'; into: { name: string; code: string }[] }
  | { kind: 'end' }

export async function changeUnit(u: UnitDetail, change: Change, on: string, reason: string): Promise<void> {
  const params = { ...at(u.id), header: { ...once(), ...ifMatch(u.version) } }
  const why = { on, reason }
  switch (change.kind) {
    case 'rename': await take(client.POST('/units/{id}/rename', { params, body: { name: change.name, ...why } })); break
    case 'move': await take(client.POST('/units/{id}/move', { params, body: { parent: change.parent, ...why } })); break
    case 'merge': await take(client.POST('/units/{id}/merge', { params, body: { into: change.into, ...why } })); break
    case 'split': await take(client.POST('/units/{id}/split', { params, body: { into: change.into, ...why } })); break
    case 'end': await take(client.POST('/units/{id}/end', { params, body: why })); break
  }
}

/** Reads a table of units; a dry run changes nothing. */
export function importUnits(file: File, dryRun: boolean): Promise<UnitImport> {
  const form = new FormData()
  form.append('file', file)
  return upload<UnitImport>(`/units/import?dry_run=${dryRun}`, form, () => {})
}

/** Why the reader sees this unit. */
export async function fetchWhy(id: number): Promise<Reason[]> {
  return (await take(client.GET('/why', { params: { query: { kind: 'unit', id } } }))).items
}
