// Who was signed in, kept in the browser so that a page made for the spot opens
// without a network. It opens no door: the server asks for the session as ever.
import type { Me } from './types'

const place = 'docket.me'

/** Keeps who is signed in, for those whose work takes them off the network. */
export function keepMe(me: Me): void {
  if (me.may.includes('verify')) localStorage.setItem(place, JSON.stringify(me))
  else forgetMe()
}

/** Who was signed in here last; undefined when nobody is kept. */
export function keptMe(): Me | undefined {
  try {
    return (JSON.parse(localStorage.getItem(place) ?? 'null') as Me | null) ?? undefined
  } catch {
    return undefined
  }
}

/** Forgets it at signing out. */
export function forgetMe(): void {
  localStorage.removeItem(place)
}
