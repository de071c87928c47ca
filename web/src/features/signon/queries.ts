import { client, ifMatch, take } from '../../api/client'
import type { PutSignIn, SignInSettings, Unit } from '../../api/types'

/** How people sign in; secrets are never in it. */
export function fetchRules(): Promise<SignInSettings> {
  return take(client.GET('/settings/sign-in'))
}

/** Sets it; an empty secret stays as it was. */
export function saveRules(version: number, body: PutSignIn): Promise<SignInSettings> {
  return take(client.PUT('/settings/sign-in', { params: { header: ifMatch(version) }, body }))
}

/** The units a post can be in. */
export async function fetchUnits(): Promise<Unit[]> {
  return (await take(client.GET('/units'))).items.filter((u) => !u.ended)
}
