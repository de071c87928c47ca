import { client, ifMatch, once, take } from '../../api/client'
import type { Lang } from '../../i18n/index.svelte'
import type { Act, AwayView, Factor, FactorSecret, FeedView, Me, PutTelling, Rules, SessionInfo, StandinBody, StandinView, Telling, Thresholds, Token } from '../../api/types'

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

/** Whether the person has a second factor. */
export function factor(): Promise<Factor> {
  return take(client.GET('/me/second-factor'))
}

/** Begins to set one up; the secret is shown once. */
export function startFactor(current: string): Promise<FactorSecret> {
  return take(client.POST('/me/second-factor', { body: { current } }))
}

/** Makes it count; gives the recovery codes. */
export async function confirmFactor(code: string): Promise<string[]> {
  return (await take(client.POST('/me/second-factor/confirm', { body: { code } }))).codes
}

export async function renewCodes(code: string): Promise<string[]> {
  return (await take(client.POST('/me/second-factor/codes', { body: { code } }))).codes
}

export async function endFactor(code: string): Promise<void> {
  await take(client.POST('/me/second-factor/end', { body: { code } }))
}

/** Own tokens for programs. */
export async function tokens(): Promise<Token[]> {
  return (await take(client.GET('/me/tokens'))).items
}

/** Makes a token and gives its text, which is shown once. */
export async function makeToken(body: { name: string; read_only: boolean; acts: Act[]; expires: string }): Promise<string> {
  return (await take(client.POST('/me/tokens', { body }))).token
}

export async function endToken(id: number): Promise<void> {
  await take(client.DELETE('/me/tokens/{id}', { params: { path: { id } } }))
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

/** How the person is told outside the program. */
export function fetchTelling(): Promise<Telling> {
  return take(client.GET('/me/telling'))
}

/** Sets it. */
export function saveTelling(version: number, body: PutTelling): Promise<Telling> {
  return take(client.PUT('/me/telling', { params: { header: ifMatch(version) }, body }))
}

/** Who stands in for the person, and for whom they do. */
export function fetchAway(): Promise<AwayView> {
  return take(client.GET('/me/standins'))
}

/** Names who acts for the person for a span of days. */
export function nameStandin(body: StandinBody): Promise<StandinView> {
  return take(client.POST('/me/standins', { params: { header: once() }, body }))
}

/** Ends a stand-in at once. */
export function endStandin(id: number): Promise<StandinView> {
  return take(client.POST('/standins/{id}/end', { params: { path: { id } } }))
}
