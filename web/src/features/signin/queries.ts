import { client, take } from '../../api/client'
import type { Me } from '../../api/types'

/** Signs in with a password; the cookie comes with the answer. */
export function signIn(login: string, password: string): Promise<Me> {
  return take(client.POST('/session', { body: { login, password } }))
}
