import type { PackFigure, PackLine, PackPage, PackPart, PackTally, PartKind, Said } from '../../api/types'
import { number, say } from '../../i18n/index.svelte'

/** The lamps of a comparison, in the order of its columns. */
export const lampOrder = ['act', 'watch', 'no_data', 'on_course', 'not_due', 'completed', 'struck_off'] as const

/** What a course is drawn from, as the charts want it. */
export interface Drawn {
  line: { day: string; value: number }[]
  held: { day: string; value: number }[]
  step: boolean
  low?: number
  high?: number
  on: string
}

/** A sentence the pack keeps as a key with arguments; "" where there is none. */
export function said(s: Said | undefined): string {
  return s?.key ? (say(s.key, s.args) ?? '') : ''
}

/** A part of a page; undefined when the page has none or nothing stands in it. */
export function partOf(page: PackPage | undefined, kind: PartKind): PackPart | undefined {
  const part = page?.parts.find((p) => p.kind === kind)
  return part && part.lines.length > 0 ? part : undefined
}

/** The rows of a comparison. */
export function tallies(part: PackPart | undefined): PackTally[] {
  return (part?.lines ?? []).flatMap((l) => (l.tally ? [l.tally] : []))
}

/** How many promises of a page were kept, kept late or broken. */
export function promises(page: PackPage | undefined): { kept: number; late: number; broken: number; all: number } {
  const lines = partOf(page, 'promises')?.lines ?? []
  const n = (k: string) => lines.filter((l) => l.keeping === k).length
  return { kept: n('kept'), late: n('late'), broken: n('broken'), all: lines.length }
}

/** The drawing of a figure; a pack shows it on its own day, whatever day it is read. */
export function drawn(f: PackFigure, day: string): Drawn {
  const band = f.direction === 'between'
  return { line: f.plan, held: f.actual, step: false, low: band ? f.target : undefined, high: band ? f.high : undefined, on: day }
}

const targetOf = (f: PackFigure) => (f.high && f.direction === 'between' ? `${number(f.target)}–${number(f.high)}` : number(f.target))
const newest = (f: PackFigure) => (f.actual.length ? number(f.actual[f.actual.length - 1]!.value) : '–')
const unitOf = (f: PackFigure) => (f.unit ? ' ' + f.unit : '')

/** The newest figure and what it is to become: 9 / 12 万个. */
export function standing(f: PackFigure): string {
  return `${newest(f)} / ${targetOf(f)}${unitOf(f)}`
}

/** The newest figure, 9 万个, and what is said beside it: the value planned for the
 *  pack's day; the target of what keeps to a band and has no path. */
export function against(f: PackFigure, day: string): { actual: string; key: 'room.planned' | 'room.target'; n: string } {
  const plan = plannedOn(f, day)
  const actual = newest(f) + unitOf(f)
  if (plan === undefined) return { actual, key: 'room.target', n: targetOf(f) }
  return { actual, key: 'room.planned', n: number(Math.abs(plan) < 100 ? Math.round(plan * 10) / 10 : Math.round(plan)) }
}

/** The value on a day between two points of the plan; before and behind it, the nearest. */
function plannedOn({ plan }: PackFigure, day: string): number | undefined {
  const i = plan.findIndex((p) => p.day >= day)
  if (i <= 0) return plan.at(i)?.value
  const [a, b] = [plan[i - 1]!, plan[i]!]
  const at = (d: string) => Date.parse(d)
  return a.value + ((b.value - a.value) * (at(day) - at(a.day))) / (at(b.day) - at(a.day))
}

/** The first lines of a part. */
export function first(page: PackPage | undefined, kind: PartKind, n: number): PackLine[] {
  return (partOf(page, kind)?.lines ?? []).slice(0, n)
}

/** A seal as people compare it: its first characters. */
export function shortSeal(seal: string): string {
  return seal.slice(0, 12)
}
