import type { MatterPage } from '../../api/types'
import { photoBody, type Shot } from './photo'

/** One line of the verifier's list. */
export interface Line {
  text: string
  ok: boolean | undefined
  note: string
}

/** A form as it is filled in on the spot. */
export interface Form {
  outcome: '' | 'true' | 'untrue'
  lines: Line[]
  words: string
  place: string
  /** The hour on the spot, as the browser's field writes it. */
  seen: string
  photos: Shot[]
  /** The verifier lets photos say where they were taken. */
  where: boolean
}

/** A form on its way: it is filed under its key once, however often it is sent. */
export interface Filing {
  key: string
  person: number
  matter: number
  no: string
  title: string
  body: Body
  /** As it was filled in, to be mended when it is refused. */
  form?: Form
  /** The refusal in words; absent while it waits. */
  refused?: string
}

/** What is sent. */
export interface Body {
  outcome: 'true' | 'untrue'
  checks: { text: string; ok: boolean; note?: string }[]
  words: string
  place: string
  seen_at: string
  key: string
  photos: ReturnType<typeof photoBody>[]
}

/** A matter as it is kept for the spot: no more than the form needs. */
export interface Kept {
  id: number
  no: string
  title: string
  requirement: string
  status: string
  units: string[]
  claim: string
  lines: string[]
}

const most = 500 // characters of one line, as the server takes them

/** What of a matter's page goes along to the spot. */
export function keptOf(p: MatterPage): Kept {
  const claim = p.reports.find((r) => r.kind === 'claim' && r.sent_on !== '')
  return {
    id: p.matter.id, no: p.matter.no, title: p.matter.title, requirement: p.matter.requirement, status: p.matter.status,
    units: [...new Set(p.matter.assignments.filter((a) => ['lead', 'several'].includes(a.role)).map((a) => a.unit_name || a.name))],
    claim: claim?.changed ?? '', lines: checklist(p),
  }
}

/** The list to go through: the requirement as a whole, its measures, and each step of the plan. */
export function checklist(p: MatterPage): string[] {
  const lines = [p.matter.requirement, ...p.matter.measures.map((m) => m.words), ...(p.matter.milestones ?? []).map((m) => m.title)]
  return [...new Set(lines.map((l) => l.trim().slice(0, most)).filter(Boolean))].slice(0, 50)
}

/** An empty form for the list, begun at an hour of the phone's clock. */
export function blank(lines: string[], now: Date): Form {
  return { outcome: '', lines: lines.map((text) => ({ text, ok: undefined, note: '' })), words: '', place: '', seen: localHour(now), photos: [], where: false }
}

/** An hour as a datetime-local field writes it. */
export function localHour(d: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}T${two(d.getHours())}:${two(d.getMinutes())}`
}

/** What keeps the form from being filed, as keys of texts; the server asks the same. */
export function faults(f: Form): ('verify.no_outcome' | 'verify.open_lines' | 'verify.no_words' | 'verify.unexplained' | 'verify.no_time')[] {
  const out: ReturnType<typeof faults> = []
  if (!f.outcome) out.push('verify.no_outcome')
  if (f.lines.some((l) => l.ok === undefined)) out.push('verify.open_lines')
  if (!f.words.trim() && f.outcome === 'untrue') out.push('verify.no_words')
  if (!f.words.trim() && f.outcome === 'true' && f.lines.some((l) => l.ok === false)) out.push('verify.unexplained')
  if (!f.seen || Number.isNaN(new Date(f.seen).getTime())) out.push('verify.no_time')
  return out
}

/** The form as it is sent, under its key. */
export function bodyOf(f: Form, key: string): Body {
  return {
    outcome: f.outcome || 'untrue', words: f.words.trim(), place: f.place.trim(), seen_at: new Date(f.seen).toISOString(), key, photos: f.photos.map(photoBody),
    checks: f.lines.map((l) => ({ text: l.text, ok: l.ok === true, ...(l.note.trim() ? { note: l.note.trim() } : {}) })),
  }
}

/** A place as the phone tells it, with how sure it is. */
export function placeWords(latitude: number, longitude: number, accuracy: number): string {
  return `${latitude.toFixed(5)}, ${longitude.toFixed(5)} (±${Math.ceil(accuracy)} m)`
}

/** Whether a form goes on waiting after a fault: without a network, while the server is in
 *  trouble or asks to sign in, and where another window sends the same photos. */
export function waits(p: { status: number; code: string; key: string }): boolean {
  if ((p.status === 0 && p.code !== 'lost') || p.status >= 500 || p.status === 401 || p.status === 429) return true
  return ['verification.photos_missing', 'evidence.too_many_uploads', 'evidence.offset', 'store.changed'].includes(p.key)
}
