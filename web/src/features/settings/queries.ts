import { client, ifMatch, take } from '../../api/client'
import type { Lang } from '../../i18n/index.svelte'
import type { Me, SessionInfo, Thresholds } from '../../api/types'

/** Changes what the person says about themselves. */
export function saveMe(me: Me, patch: { lang?: Lang; name?: string; email?: string }): Promise<Me> {
  return take(client.PATCH('/me', { params: { header: ifMatch(me.version) }, body: patch }))
}

/** Changes the password; other browsers are signed out. */
export async function setPassword(current: string, next: string): Promise<void> {
  await take(client.PUT('/me/password', { body: { current, new: next } }))
}

/** Every browser signed in as this person. */
export async function sessions(): Promise<SessionInfo[]> {
  return (await take(client.GET('/me/sessions'))).items
}

/** Signs one of them out. */
export async function endSession(id: string): Promise<void> {
  await take(client.DELETE('/me/sessions/{id}', { params: { path: { id } } }))
}

/** The body's thresholds of the lamps. */
export function fetchLamps(): Promise<Thresholds> {
  return take(client.GET('/lamps'))
}

/** Changes the thresholds; every lamp follows at once. */
export function saveLamps(body: Thresholds): Promise<Thresholds> {
  return take(client.PUT('/lamps', { body }))
}
