import { fieldWords, toProblem, type FieldFault } from '../../api/problem'
import type { DirectiveSummary, Freezing, Landing, MinutesEdit, MinutesPara, Minutes, PersonRow, Pledge, SectionKind, Slot, SlotPlan, Statement, StatementBody, StatementHead, Stocktake, ItemKind, ItemView, StocktakePlan, Unit } from '../../api/types'
import { mergeFlat, type Merged } from '../../parts/keep/merge'
import { acts, itemKinds } from '../../parts/record'

/** The kinds of meetings, in the order screens show them. */
export const kinds = ['symposium', 'dispatch', 'quarterly', 'special'] as const

/** A plan as it is typed: the meeting's fields, its turns with their names, its topics. */
export interface Plan {
  kind: StocktakePlan['kind']
  title: string
  on: string
  begins: string
  place: string
  convener: number
  standin: number
  directives: number[]
  field: string
  days_before: number
  previous: number
  slots: PlanSlot[]
  topics: PlanTopic[]
}
export interface PlanSlot { unit: number; name: string; minutes: number; why?: SlotPlan['why'] }
export interface PlanTopic { key: string; text: string; unit: number; said?: SlotPlan['why']; kind: string; no: string }

/** A meeting nobody has planned yet: two weeks ahead, in the morning. */
export function blankPlan(today: string): Plan {
  return { kind: 'symposium', title: '', on: later(today, 14), begins: '09:30', place: '', convener: 0, standin: 0, directives: [], field: '', days_before: 2, previous: 0, slots: [], topics: [] }
}

/** A day n days after another. */
export function later(day: string, n: number): string {
  return new Date(Date.parse(day + 'T00:00:00Z') + n * 86_400_000).toISOString().slice(0, 10)
}

const slotsOf = (s: Stocktake): PlanSlot[] => s.slots.map((x) => ({ unit: x.unit, name: x.name, minutes: x.minutes, why: x.why }))

/** The plan a meeting stands by. */
export function planOf(s: Stocktake): Plan {
  return {
    kind: s.kind, title: s.title, on: s.on, begins: s.begins, place: s.place, convener: s.convener, standin: s.standin,
    directives: s.scope.directives ?? [], field: s.scope.field, days_before: s.days_before, previous: s.previous, slots: slotsOf(s),
    topics: s.topics.map((x) => ({ key: x.key, text: x.text, unit: x.unit, said: x.said, kind: x.kind, no: x.no })),
  }
}

/** The next meeting of a series: the same people, units, minutes planned and scope, on a day to come. */
export function nextOf(s: Stocktake, today: string): Plan {
  return { ...planOf(s), on: blankPlan(today).on, previous: s.id, topics: [], slots: s.slots.map((x) => ({ unit: x.unit, name: x.name, minutes: x.planned || x.minutes })) }
}

/** What is sent of a plan. */
export function planBody(p: Plan): StocktakePlan {
  return {
    kind: p.kind, title: p.title.trim(), on: p.on, begins: p.begins, place: p.place.trim(), convener: p.convener, standin: p.standin,
    scope: { directives: p.directives, field: p.field.trim() }, days_before: p.days_before || 0, previous: p.previous,
    slots: p.slots.map((x) => ({ unit: x.unit, minutes: x.minutes || 0, why: x.why })),
    topics: p.topics.filter((x) => x.key || x.text.trim()).map((x) => (x.key ? { key: x.key } : { text: x.text.trim(), unit: x.unit })),
  }
}

/** A list with one entry moved up or down; the same list where it cannot be. */
export function moved<T>(list: T[], at: number, by: -1 | 1): T[] {
  const to = at + by
  if (!list[at] || to < 0 || to >= list.length) return list
  const next = [...list]
  ;[next[at], next[to]] = [next[to]!, next[at]!]
  return next
}

/** Units added behind those that are on the list already. */
export function withUnits(slots: PlanSlot[], units: Unit[], minutes = 10): PlanSlot[] {
  const fresh = units.filter((u) => !u.ended && !slots.some((x) => x.unit === u.id))
  return [...slots, ...fresh.map((u) => ({ unit: u.id, name: u.name, minutes }))]
}

/** A proposed order, each unit keeping its minutes and name. */
export function ordered(slots: PlanSlot[], proposed: SlotPlan[]): PlanSlot[] {
  const known = new Map(slots.map((x) => [x.unit, x]))
  const out = proposed.flatMap((p) => {
    const x = known.get(p.unit)
    known.delete(p.unit)
    return x ? [{ ...x, why: p.why }] : []
  })
  return [...out, ...known.values()]
}

/** Who holds a leader's post on a day: who may convene and stand in. */
export function leadersOf(people: PersonRow[], today: string): PersonRow[] {
  return people.filter((p) => p.active && leads(p, today).length > 0)
}

function leads(p: PersonRow, today: string) {
  return p.posts.filter((x) => x.role === 'leader' && !x.for && (!x.from || x.from <= today) && (!x.to || today <= x.to))
}

/** The units of a leader's portfolio: those next below each of the leader's posts, or the post's own unit where none is below. */
export function portfolio(p: PersonRow | undefined, units: Unit[], today: string): Unit[] {
  if (!p) return []
  return leads(p, today).flatMap((post) => {
    const below = units.filter((u) => u.parent === post.unit && !u.ended)
    return below.length ? below : units.filter((u) => u.id === post.unit)
  })
}

/** Directives chosen and those still to choose from. */
export function chosen(all: DirectiveSummary[], ids: number[]): { in: DirectiveSummary[]; out: DirectiveSummary[] } {
  return { in: all.filter((d) => ids.includes(d.id)), out: all.filter((d) => !ids.includes(d.id)) }
}

/** What is said of what a meeting decided: keys of texts with their numbers, most telling first, those kept late among the landed; one where it decided nothing to be done. */
export function landingWords(l: Landing, over: boolean): { key: 'meet.landed' | 'meet.landed_late' | 'meet.broken' | 'meet.open' | 'meet.no_matters' | 'meet.none_yet'; args: Record<string, number> }[] {
  if (!l.acts) return [{ key: over ? 'meet.no_matters' : 'meet.none_yet', args: {} }]
  const out: ReturnType<typeof landingWords> = [l.kept_late ? { key: 'meet.landed_late', args: { n: l.landed, of: l.acts, late: l.kept_late } } : { key: 'meet.landed', args: { n: l.landed, of: l.acts } }]
  if (l.broken) out.push({ key: 'meet.broken', args: { n: l.broken } })
  if (l.open) out.push({ key: 'meet.open', args: { n: l.open } })
  return out
}

/** Whether a meeting has been held. */
export const held = (status: Stocktake['status']) => status === 'closed' || status === 'issued'

export const struck = (i: ItemView) => !!i.struck && !i.struck.startsWith('0001')

/** The record by kind, each in the order it was recorded, with how many lines of it
 *  stand; kinds without a line are left out. */
export function byKind(items: ItemView[]): { kind: ItemKind; items: ItemView[]; standing: number }[] {
  return itemKinds.flatMap((kind) => {
    const of = items.filter((i) => i.kind === kind)
    return of.length ? [{ kind, items: of, standing: of.filter((i) => !struck(i)).length }] : []
  })
}

/** Whether lines stand that somebody has to act on, known to this reader as matters or not. */
export const decided = (items: ItemView[]) => items.some((i) => !struck(i) && acts(i.kind))

/** How far a unit's statement is, as one word. */
export function stateOf(s: StatementHead): 'filed' | 'filed_late' | 'passed' | 'passed_late' | 'late' | 'sent' | 'returned' | 'draft' {
  if (s.status === 'filed' || s.status === 'passed') return s.late ? `${s.status}_late` : s.status
  return s.late ? 'late' : s.status
}

/** Each turn with its statement, where the reader may see it. */
export function turns(s: Stocktake): { slot: Slot; said?: StatementHead }[] {
  const heads = new Map(s.statements.map((x) => [x.unit, x]))
  return s.slots.map((slot) => ({ slot, said: heads.get(slot.unit) }))
}

/** How many statements are filed, and how many a leader still has. */
export const filed = (s: Stocktake) => s.statements.filter((x) => x.status === 'filed').length
export const passed = (s: Stocktake) => s.statements.filter((x) => x.status === 'passed').length

/** Milliseconds as m:ss. */
export function spent(ms: number): string {
  const s = Math.round(ms / 1000)
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`
}

// The freezing of a pack.

/** Follows work to its end: `first` begins or joins it, `again` tells how far it is in
 *  its own time. A network that is away is waited for. Undefined once `show` says that
 *  nobody looks any more. */
export async function toTheEnd(first: () => Promise<Freezing>, again: () => Promise<Freezing>, show: (f: Freezing) => boolean, network: () => Promise<void>): Promise<Freezing | undefined> {
  let f = await first()
  while (f.running) {
    if (!show(f)) return undefined
    try {
      f = await again()
    } catch (e) {
      if (toProblem(e).code !== 'offline') throw e
      await network()
    }
  }
  return f
}

// What a unit says.

/** What is typed of a statement: words by section, and promises. */
export type Typed = { words: Partial<Record<SectionKind, string>>; promises: Statement['promises'] }

export function typedOf(s: Statement): Typed {
  return { words: Object.fromEntries(s.sections.map((x) => [x.kind, x.words])), promises: s.promises.map((p) => ({ ...p })) }
}

/** What is sent of it: only sections whose words differ from what the server has, so that those nobody has written in keep following the ledger. A promise still without words waits. */
export function statementBody(mine: Typed, base: Typed): StatementBody {
  const changed = Object.entries(mine.words).filter(([kind, words]) => words !== base.words[kind as SectionKind])
  return { sections: Object.fromEntries(changed), promises: mine.promises.filter((p) => p.text.trim()) }
}

/** Text and promises of two hands: what only one of them changed is taken from that one; clash where both changed the same part. */
export function mergeTyped(base: Typed, mine: Typed, theirs: Typed): Merged<Typed> {
  const words = mergeFlat(base.words as Record<string, unknown>, mine.words, theirs.words)
  const rest = mergeFlat({ p: base.promises }, { p: mine.promises }, { p: theirs.promises })
  return { value: { words: words.value as Typed['words'], promises: rest.value.p as Typed['promises'] }, clash: words.clash || rest.clash }
}

/** What the server found wrong with the promises, told at the promise it means: its words or its day. */
export function promiseFaults(p: Pledge, faults: FieldFault[], today: string): { words: string; day: string } {
  const text = p.text.trim()
  const of = (key: string, still: (f: FieldFault) => boolean) => {
    const found = faults.find((f) => f.field === 'promises' && f.key === key && still(f))
    return found ? fieldWords(found) : ''
  }
  return {
    words: of('field.too_long', (f) => [...text].length > Number(f.args?.max)),
    day: of('statement.no_day', (f) => f.args?.text === text && (!p.due || p.due < today)),
  }
}

/** Seconds a text takes to read out: 220 Chinese characters or 130 words a minute, as the server reckons. */
export function speakingSeconds(text: string): number {
  const han = text.match(/[\u3400-\u9fff]/g)?.length ?? 0
  const words = text.replace(/[\u3000-\uffff]/g, (c) => (/[\u3400-\u9fff]/.test(c) ? ' ' : c)).match(/[^\s\u3000-\uffff]+/g)?.length ?? 0
  return Math.round((han / 220 + words / 130) * 60)
}

/** All that is read out of what is typed. */
export const spoken = (t: Typed) => [...Object.values(t.words), ...t.promises.map((p) => p.text)].join('\n')

// Minutes.

export function minutesEdit(m: Minutes): MinutesEdit {
  return { no: m.no, title: m.title, present: m.present, absent: m.absent, others: m.others, sent: m.sent, body: m.body.map((p) => ({ ...p })) }
}

/** A paragraph as the paper shows it: a heading, or text; of a line of the record with
 *  that line, its number within the section, and its kind where the line has to say it. */
export interface PaperPara {
  level: number
  text: string
  n: number
  line?: ItemView
  intro: string
}

/** The minutes as the paper divides them (internal/brief): without headings of the
 *  office's own by what the lines of the record are, with them a line that decides nothing says
 *  its kind itself. */
export function paperOf(body: MinutesPara[], lines: ItemView[], kindName: (kind: string) => string): PaperPara[] {
  const own = body.some((p) => p.level > 0)
  const out: PaperPara[] = []
  let last = ''
  let n = 0
  for (const p of body) {
    const line = lines.find((l) => l.id === p.item)
    if (line && !own && line.kind !== last) {
      last = line.kind
      n = 0
      out.push({ level: 1, text: kindName(line.kind), n: 0, intro: '' })
    }
    if (p.level > 0) n = 0
    out.push({ level: p.level, text: p.text, n: line ? ++n : 0, line, intro: line && own && line.kind !== 'decision' ? kindName(line.kind) : '' })
  }
  return out
}

/** The numbers before headings: 一、 and （一） in Chinese, 1. and 1.1 otherwise; "" before text. */
export function numbers(body: Pick<MinutesPara, 'level'>[], zh: boolean): string[] {
  let first = 0
  let second = 0
  return body.map((p) => {
    if (p.level === 1) {
      second = 0
      first++
      return zh ? `${han(first)}、` : `${first}.`
    }
    if (p.level === 2) {
      second++
      return zh ? `（${han(second)}）` : first ? `${first}.${second}` : `${second}.`
    }
    return ''
  })
}

/** A number up to 99 in Chinese. */
export function han(n: number): string {
  const d = '零一二三四五六七八九'
  if (n < 10) return d[n]!
  const tens = Math.floor(n / 10)
  return (tens > 1 ? d[tens] : '') + '十' + (n % 10 ? d[n % 10] : '')
}
