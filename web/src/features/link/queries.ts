import { client, take } from '../../api/client'
import type { Me } from '../../api/types'

/** Signs in with a one-time link; it works once. */
export function signInByLink(token: string): Promise<Me> {
  return take(client.POST('/session/link', { body: { token } }))
}

/** Sets a password; after a one-time link the old one is not asked. */
export async function setPassword(password: string): Promise<void> {
  await take(client.PUT('/me/password', { body: { new: password } }))
}

/** Who is signed in now. */
export function fetchMe(): Promise<Me> {
  return take(client.GET('/me'))
}
