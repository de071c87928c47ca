import type { Act, Me } from './types'

let me = $state.raw<Me>()
let online = $state(true)

/** Who is signed in and what they may do; undefined when nobody is. */
export const session = {
  get me() {
    return me
  },
  set me(value: Me | undefined) {
    me = value
  },
  get today() {
    return me?.today ?? ''
  },
  may(act: Act): boolean {
    return me?.may.includes(act) ?? false
  },
  get online() {
    return online
  },
}

/** Follows whether the network is there. */
export function watchNetwork(): void {
  online = navigator.onLine
  addEventListener('online', () => (online = true))
  addEventListener('offline', () => (online = false))
}
