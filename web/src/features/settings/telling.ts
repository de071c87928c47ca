import type { PutTelling, Telling } from '../../api/types'

/** The form of how somebody wants to be told. */
export interface WishForm {
  on: Record<string, boolean>
  /** Own hours instead of the body's. */
  own: boolean
  digest: string
  quiet: { from: string; to: string }
}

/** The form for what is kept; the body's hours stand in it until own ones are wanted. */
export function wishesOf(t: Telling): WishForm {
  return {
    on: Object.fromEntries(t.channels.map((c) => [c.id, c.on])),
    own: t.digest != null || t.quiet != null,
    digest: t.digest ?? t.body_digest,
    quiet: { ...(t.quiet ?? t.body_quiet) },
  }
}

/** What is sent: own hours only where they are wanted. */
export function putTelling(f: WishForm): PutTelling {
  const off = Object.entries(f.on).filter(([, on]) => !on).map(([id]) => id)
  return f.own ? { off, digest: f.digest, quiet: { ...f.quiet } } : { off }
}
