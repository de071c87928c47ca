import type { ChannelKind, ChannelSettings, PutChannels } from '../../api/types'

/** A webhook or robot in the form, with what is known of its secrets. */
export type HookForm = PutChannels['hooks'][number]

/** What is sent back of the settings read: all but what only the server knows. */
export function formOf(s: ChannelSettings): PutChannels {
  return {
    digest: s.digest, quiet: { ...s.quiet }, mail: { ...s.mail },
    hooks: s.hooks.map((h) => ({ id: h.id, kind: h.kind, name: h.name, on: h.on, url: '', secret: '', unit: h.unit, lang: h.lang })),
  }
}

/** A new row: a webhook tells every person, a robot a unit's group. */
export function blank(kind: ChannelKind, lang: string): HookForm {
  return { id: 0, kind, name: '', on: true, url: '', secret: '', unit: 0, lang }
}

/** The usual port of an encryption, where the one entered is another's usual port. */
export function portFor(tls: string, port: number): number {
  const usual: Record<string, number> = { starttls: 587, tls: 465, plain: 25 }
  return Object.values(usual).includes(port) ? (usual[tls] ?? port) : port
}

/** Whether the form differs from what is kept: a test would try what is kept. */
export function changed(form: PutChannels, s: ChannelSettings): boolean {
  return JSON.stringify(form) !== JSON.stringify(formOf(s))
}
