import { client, ifMatch, take } from '../../api/client'
import type { Lang } from '../../i18n/index.svelte'
import type { FeedView, Me, Rules, SessionInfo } from '../../api/types'

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

/** The body's rules of the law. */
export function fetchRules(): Promise<Rules> {
  return take(client.GET('/rules'))
}

/** Changes them; they hold for what comes to be owed from now on. */
export function saveRules(rules: Rules): Promise<Rules> {
  return take(client.PUT('/rules', { body: rules }))
}

/** Whether the person has a calendar feed. */
export function fetchFeed(): Promise<FeedView> {
  return take(client.GET('/me/feed'))
}

/** Makes the feed's address, shown once. */
export function newFeed(): Promise<FeedView> {
  return take(client.POST('/me/feed'))
}

/** Ends it. */
export async function endFeed(): Promise<void> {
  await take(client.DELETE('/me/feed'))
}
