import { client, once, take } from '../../api/client'
import type { DeskRow, MatterPage } from '../../api/types'
import type { Filing } from './model'

/** What waits for this person to be seen: claims, and looks back. */
export async function fetchTasks(): Promise<DeskRow[]> {
  return (await take(client.GET('/desk'))).waiting.filter((r) => r.act === 'verify' || r.act === 'look_back')
}

/** A matter with everything its form needs. */
export function fetchMatter(id: number): Promise<MatterPage> {
  return take(client.GET('/matters/{id}', { params: { path: { id } } }))
}

/** Files a form; sent twice under its key, it counts once. */
export async function file(f: Filing): Promise<void> {
  await take(client.POST('/matters/{id}/verifications', { params: { path: { id: f.matter }, header: { 'Idempotency-Key': f.key } }, body: f.body }))
}

/** A key of a form's own. */
export function newKey(): string {
  return once()['Idempotency-Key']
}
