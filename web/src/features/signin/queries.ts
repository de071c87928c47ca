import { client, take } from '../../api/client'
import type { Me } from '../../api/types'

/** Signs in with a password; the cookie comes with the answer. */
export function signIn(login: string, password: string): Promise<Me> {
  return take(client.POST('/session', { body: { login, password } }))
}

/** The provider's name on the sign-in page; empty without one. */
export async function provider(): Promise<string> {
  return (await take(client.GET('/session/ways'))).provider
}

/** Finishes a sign-in with a code of the second factor. */
export function verify(code: string): Promise<Me> {
  return take(client.POST('/session/code', { body: { code } }))
}
