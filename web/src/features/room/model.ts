// The room as its screens show it: pure, so that what a drop of the network or a
// clock that runs over does is tested without a browser.
import type { ItemKind, ItemView, LineView, NewItem, Pledge, Room, RoomAct, Slot, Statement } from '../../api/types'
import { acts } from '../../parts/record'

/** A unit's time at an instant of the server's clock. */
export interface Clock {
  used: number // ms
  all: number // ms
  /** Of the time given, 0 to 1; it stays 1 when run over. */
  share: number
  phase: 'calm' | 'last' | 'over'
  /** What is left, or what it ran over by, as m:ss. */
  shown: string
}

const lastMinute = 60_000

/** The clock of a slot. The last minute warns, at most a quarter of what was given. */
export function clockOf(s: Slot, now: number): Clock {
  const began = s.began ? Date.parse(s.began) : 0
  const used = s.spent + (s.state === 'speaking' && began ? Math.max(0, now - began) : 0)
  const all = s.minutes * 60_000
  const left = all - used
  const phase = left <= 0 ? 'over' : left <= Math.min(lastMinute, all / 4) ? 'last' : 'calm'
  return { used, all, share: Math.min(1, used / all), phase, shown: minutes(Math.abs(left <= 0 ? Math.floor(left / 1000) * 1000 + (left % 1000 ? 1000 : 0) : Math.ceil(left / 1000) * 1000)) }
}

/** Milliseconds as m:ss. */
export function minutes(ms: number): string {
  const s = Math.floor(ms / 1000)
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`
}

/** How far the server's clock is ahead of ours. A frame that was held up tells too
 *  little, never too much, so the greatest seen holds. */
export function offsetOf(before: number | undefined, serverNow: string, here: number): number {
  const sample = Date.parse(serverNow) - here
  return before === undefined ? sample : Math.max(before, sample)
}

/** Who has the floor. */
export const speaking = (r: Room) => r.slots.find((s) => s.state === 'speaking')

/** Who comes next: the first who waits, after whoever had the floor last where somebody still waits there. */
export function nextUp(r: Room): Slot | undefined {
  return r.slots.find((s) => s.state === 'waiting')
}

/** How long a line that was just recorded fills the projector. */
export const shownFor = 9_000

/** The line that was recorded a moment ago, for the projector: until its time is up
 *  or somebody has been called since. */
export function justDecided(r: Room, now: number): ItemView | undefined {
  const last = r.items.reduce<ItemView | undefined>((a, b) => (!a || Date.parse(b.at) >= Date.parse(a.at) ? b : a), undefined)
  const called = Date.parse(speaking(r)?.began ?? '') > Date.parse(last?.at ?? '')
  return last && !last.struck && last.kind !== 'note' && !called && now - Date.parse(last.at) < shownFor ? last : undefined
}

/** Something done here that the server has not confirmed yet. */
export type Deed =
  | { kind: 'act'; act: RoomAct }
  | { kind: 'line'; line: Draft; mended: Mended }
  | { kind: 'strike'; item: number; text: string; reason: string }

/** A line as typed: its kind is "" where neither the person nor the reader has said it. */
export type Draft = Omit<NewItem, 'kind' | 'key'> & { kind: ItemKind | '' }

/** An instant by two clocks of this browser: one that only runs forward, for as long as
 *  the page is open, and the wall's, which may be wrong or be put right. */
export interface Stamp { page: number; ran: number; wall: number }

const aDay = 86_400_000

/** Milliseconds since a deed was done: by the clock that runs forward, and only for one
 *  that an earlier page left behind by the wall's. */
export function agoOf(made: Stamp | undefined, now: Stamp): number {
  if (!made) return 0
  const ms = made.page === now.page ? now.ran - made.ran : now.wall - made.wall
  return Math.round(Math.min(aDay, Math.max(0, ms)))
}

/** A deed in the queue, in the order it was done. */
export interface Queued {
  key: string
  person: number
  stocktake: number
  /** Milliseconds; the order among those of one person. */
  at: number
  seq: number
  made?: Stamp
  deed: Deed
  /** Why the server would not; the deed stays until it is mended or dropped. */
  refused?: string
}

/** The order in which deeds are sent. */
export function inOrder(all: Queued[]): Queued[] {
  return [...all].sort((a, b) => a.at - b.at || a.seq - b.seq)
}

/** What goes out next: the first that was not refused. */
export function nextDeed(all: Queued[]): Queued | undefined {
  return inOrder(all).find((q) => !q.refused)
}

/** The room as it will be when what waits has arrived: shown at once. */
export function ahead(r: Room, waiting: Queued[]): Room {
  let out = r
  for (const q of inOrder(waiting)) if (!q.refused && q.deed.kind === 'act') out = done(out, q.deed.act, q.at)
  return out
}

function done(r: Room, a: RoomAct, at: number): Room {
  const slots = (change: (s: Slot) => Slot) => ({ ...r, slots: r.slots.map(change) })
  const stopped = (s: Slot): Slot => (s.state === 'speaking' ? { ...s, state: 'spoken', began: undefined, spent: s.spent + Math.max(0, at - Date.parse(s.began ?? '')) } : s)
  switch (a.act) {
    case 'open': return { ...r, status: 'sitting' }
    case 'close': return { ...r, status: 'closed', slots: r.slots.map(stopped).map((s) => (s.state === 'waiting' ? { ...s, state: 'absent' } : s)) }
    case 'call':
      if (speaking(r)?.unit === a.unit) return r
      return slots((s) => (s.unit === a.unit ? { ...s, late: s.late || s.state === 'absent', state: 'speaking', began: new Date(at).toISOString() } : stopped(s)))
    case 'pause': return slots(stopped)
    case 'absent': return slots((s) => (s.unit === a.unit && s.state === 'waiting' ? { ...s, state: 'absent' } : s))
    case 'present': return slots((s) => (s.unit === a.unit && s.state === 'absent' ? { ...s, state: 'waiting' } : s))
    case 'grant': return slots((s) => (s.unit === a.unit ? { ...s, minutes: a.minutes ?? s.minutes } : s))
    case 'reorder': {
      const by = new Map(r.slots.map((s) => [s.unit, s]))
      const next = (a.units ?? []).flatMap((u) => by.get(u) ?? [])
      return next.length === r.slots.length ? { ...r, slots: next } : r
    }
    case 'chair': return a.person ? { ...r, chair: a.person } : r
  }
}

/** The units in another order: one of them moved by a place. */
export function moved(r: Room, unit: number, by: 1 | -1): number[] | undefined {
  const units = r.slots.map((s) => s.unit)
  const i = units.indexOf(unit), j = i + by
  if (i < 0 || j < 0 || j >= units.length) return undefined
  ;[units[i], units[j]] = [units[j]!, units[i]!]
  return units
}

/** A unit on a chip: who it is once it is known. */
export interface Party {
  role: NonNullable<LineView['parties'][number]['role']>
  name: string
  unit: number
  all: boolean
  suggested: LineView['parties'][number]['suggested']
}

/** What the secretary changed on the chips: it outlives the next reading. */
export interface Mended {
  kind?: ItemKind
  due?: string
  topic: string
  leader: boolean
  /** The unit meant by a name, as picked. */
  units: Record<string, { id: number; name: string }>
  gone: string[]
  added: { role: Party['role']; id: number; name: string }[]
}

/** What a unit promises in its statement; taken: it is on the record. */
export interface Promised extends Pledge { unit: number; name: string; taken: boolean }

/** The promises of a statement that has been let out. */
export function pledges(stated: Statement | undefined, room: Room, slot: Slot): Promised[] {
  if (!stated || (stated.status !== 'passed' && stated.status !== 'filed')) return []
  const said = new Set(room.items.filter((i) => !i.struck && i.leads.includes(slot.unit)).map((i) => i.text))
  return stated.promises.map((p) => ({ ...p, unit: slot.unit, name: slot.name, taken: said.has(p.text) }))
}

/** A promise as a line: a commitment of its unit by its day, in the statement's words. */
export function pledged(p: Promised): { line: Draft; mended: Mended } {
  return { line: { kind: 'commitment', text: p.text, unit: p.unit }, mended: { ...untouched(), kind: 'commitment', due: p.due, added: [{ role: 'lead', id: p.unit, name: p.name }] } }
}

export const untouched = (): Mended => ({ topic: '', leader: false, units: {}, gone: [], added: [] })

/** The chips: what was read, with what the secretary changed. */
export interface Chips {
  kind: ItemKind | ''
  /** The words leave open whether it is decided: nobody may confirm before saying so. */
  ask: boolean
  parties: Party[]
  due: string
  byRule: boolean
  past: boolean
  measures: string[]
  unknown: string[]
  /** Somebody has to act and nobody is named to answer for it. */
  nobody: boolean
}

export function chipsOf(read: LineView | undefined, m: Mended, floor: { unit: number; name: string } | undefined, today: string): Chips {
  const kind = m.leader ? 'commitment' : (m.kind ?? (read?.ask ? '' : read?.kind) ?? '')
  const settled: ItemKind | '' = kind || (read && !read.ask ? 'decision' : '')
  const parties: Party[] = []
  if (acts(settled) || (read?.ask && !m.kind)) {
    for (const p of read?.parties ?? []) {
      if (m.gone.includes(p.name)) continue
      const meant = m.units[p.name]
      parties.push({ role: p.role, name: meant?.name ?? p.name, unit: meant?.id ?? p.unit, all: p.all && !meant, suggested: p.suggested })
    }
    for (const a of m.added) if (!parties.some((p) => p.unit === a.id)) parties.push({ role: a.role, name: a.name, unit: a.id, all: false, suggested: [] })
    if (!parties.length && settled === 'commitment' && floor && !m.leader) parties.push({ role: 'lead', name: floor.name, unit: floor.unit, all: false, suggested: [] })
  }
  const due = acts(settled) ? (m.due ?? read?.due ?? '') : ''
  return {
    kind: settled, ask: !!read?.ask && !m.kind && !m.leader, parties: m.leader ? [] : parties, due,
    byRule: m.due === undefined && !!read?.by_rule, past: due !== '' && today !== '' && due < today,
    measures: acts(settled) ? (read?.measures ?? []) : [],
    unknown: m.leader ? [] : parties.filter((p) => !p.unit && !p.all && p.role !== 'leader').map((p) => p.name),
    nobody: !!read && !m.leader && acts(settled) && !parties.some((p) => p.role === 'lead' || p.role === 'several'),
  }
}

/** Characters of a line, as the server bounds it. */
export const longestLine = 2000

export const tooLong = (text: string) => [...text.trim()].length > longestLine

/** What keeps a line from being recorded: the key of its sentence, and the chip that
 *  mends it; "" the words themselves. */
export interface Bar { chip: 'kind' | 'unit' | 'add' | 'due' | ''; key: string; args: Record<string, string> }

export function barsOf(text: string, c: Chips): Bar[] {
  const out: Bar[] = []
  if (tooLong(text)) out.push({ chip: '', key: 'stocktake.long_line', args: { max: String(longestLine) } })
  if (c.ask) out.push({ chip: 'kind', key: 'room.ask_kind', args: {} })
  for (const name of c.unknown) out.push({ chip: 'unit', key: 'room.unknown', args: { name } })
  if (c.nobody) out.push({ chip: 'add', key: 'adopt.no_lead', args: {} })
  if (c.past) out.push({ chip: 'due', key: 'room.past_day', args: { day: c.due } })
  return out
}

/** The line as it goes out. Units are named only where the secretary changed them:
 *  what was read is read again on the server, from the same words. `everybody` are the
 *  units that report: who a line that names all of them is for. */
export function draftOf(text: string, c: Chips, m: Mended, unit: number, everybody: number[]): Draft {
  const d: Draft = { kind: c.kind, text: text.trim(), unit }
  if (m.topic) d.topic = m.topic
  if (m.leader) d.leader = true
  if (m.due) d.due = m.due
  const changed = Object.keys(m.units).length + m.gone.length + m.added.length > 0
  if (changed && acts(c.kind) && !m.leader) {
    const named = c.parties.flatMap((p) => (p.all ? everybody.map((u) => ({ role: 'several' as const, unit: u })) : [{ role: p.role, unit: p.unit }])).filter((p) => p.unit)
    d.parties = [...new Set(named.map((p) => p.role))].map((role) => ({ role, units: named.filter((p) => p.role === role).map((p) => p.unit) }))
  }
  return d
}

/** Whether a failed deed has only to wait: no network, a busy or restarting server, a session to renew. */
export function waits(p: { status: number; code: string }): boolean {
  return p.code === 'offline' || p.code === 'unauthorized' || p.status === 0 || p.status === 429 || p.status >= 500
}
