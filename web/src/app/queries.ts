import { client, ifMatch, take } from '../api/client'
import { given } from '../api/given'
import type { Lang } from '../i18n/index.svelte'
import type { Hit, Me } from '../api/types'

/** Who is signed in. */
export function fetchMe(): Promise<Me> | Me {
  return given<Me>('/me') ?? take(client.GET('/me'))
}

/** How many notices are unread. */
export async function fetchUnread(): Promise<number> {
  return (await take(client.GET('/notices/unread'))).unread
}

/** What holds these words, newest first. */
export async function search(q: string): Promise<Hit[]> {
  return (await take(client.GET('/search', { params: { query: { q, limit: 12 } } }))).items
}

/** Ends this browser's session. */
export async function signOut(): Promise<void> {
  await take(client.DELETE('/session'))
}

/** Keeps the reader's language with the person, so that it follows to other browsers. */
export function saveLang(me: Me, lang: Lang): Promise<Me> {
  return take(client.PATCH('/me', { params: { header: ifMatch(me.version) }, body: { lang } }))
}
