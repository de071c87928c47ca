import type { Act, Me } from './types'

let me = $state.raw<Me>()
let unread = $state(0)
let online = $state(true)

/** Who is signed in and what they may do; undefined when nobody is. */
export const session = {
  get me() {
    return me
  },
  set me(value: Me | undefined) {
    me = value
    unread = value?.unread ?? 0
  },
  /** Notices not read yet: what the bell shows. */
  get unread() {
    return unread
  },
  set unread(n: number) {
    unread = n
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
