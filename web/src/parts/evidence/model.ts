import type { Evidence } from '../../api/types'

/** One file on its way in, as the list shows it. */
export interface Sending {
  id: number
  name: string
  size: number
  sent: number
  state: 'hashing' | 'sending' | 'paused' | 'waiting' | 'checking' | 'refused'
  message: string
  classified: boolean
}

/** The formats evidence is taken in, for the file picker. */
export const accept = 'image/*,video/mp4,video/quicktime,video/webm,audio/*,.pdf,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.wps,.et,.dps,.ofd,.csv,.txt,.md,.html,.svg'

/** Most bytes of one file. */
export const maxBytes = 50 * 1024 * 1024

/** Bytes of one piece: small enough to move the bar, large enough to be few. */
export const pieceBytes = 1024 * 1024

/** The share that has arrived, 0 to 1. */
export function share(s: Pick<Sending, 'sent' | 'size'>): number {
  return s.size > 0 ? Math.min(1, s.sent / s.size) : 0
}

/** How long to wait before the n-th try to go on, in milliseconds: at most half a minute. */
export function patience(n: number): number {
  return Math.min(30_000, 1000 * 2 ** n)
}

/** What a failed piece means: go on from elsewhere, wait for the network, or give up. */
export function verdict(p: { status: number; code: string; key: string; args: Record<string, string> }): { go: 'on'; offset: number } | { go: 'wait' } | { go: 'away' } {
  if (p.key === 'evidence.offset') return { go: 'on', offset: Number(p.args.offset) }
  if (p.key === 'store.changed' || p.code === 'offline' || p.code === 'rate_limited' || p.status >= 502) return { go: 'wait' }
  return { go: 'away' }
}

/** What stands in for a picture: the kind of file in a few letters, nothing when its name does not tell. */
export function badge(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 && name.length - dot <= 6 ? name.slice(dot + 1).toUpperCase() : ''
}

/** The pieces a unit can still put into a report. */
export function loose(all: Evidence[], unit: number): Evidence[] {
  return all.filter((e) => e.unit === unit && !e.report)
}

/** A point on the earth in the form the place is kept in, about a metre sharp. */
export function coordinates(latitude: number, longitude: number): string {
  return `${latitude.toFixed(5)},${longitude.toFixed(5)}`
}

/** An instant as an input of type datetime-local takes it. */
export function toLocal(iso: string | undefined): string {
  if (!iso) return ''
  const d = new Date(iso)
  return new Date(d.getTime() - d.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** The instant of such an input; undefined when it is empty. */
export function fromLocal(local: string): string | undefined {
  return local ? new Date(local).toISOString() : undefined
}

/** A hash as the server writes it. */
export function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, '0')).join('')
}
