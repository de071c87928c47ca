import { client, take } from '../../api/client'
import type { Me } from '../../api/types'

/** Signs in with a password; the cookie comes with the answer. */
export function signIn(login: string, password: string): Promise<Me> {
  return take(client.POST('/session', { body: { login, password } }))
}

/** Finishes a sign-in with a code of the second factor. */
export function verify(code: string): Promise<Me> {
  return take(client.POST('/session/code', { body: { code } }))
}
