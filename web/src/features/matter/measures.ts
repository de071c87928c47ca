import type { MeasureBody, MeasureView } from '../../api/types'
import { typed } from '../../charts/figures'

/** A measure as its form holds it: numbers and points as typed. */
export interface Draft { id: number; version: number; name: string; unit: string; direction: string; base: string; baseDay: string; target: string; high: string; tolerance: string; ceiling: boolean; yearly: boolean; step: boolean; due: string; path: string }

type Plain = Pick<MeasureView, 'id' | 'version' | 'name' | 'unit' | 'direction' | 'baseline' | 'target' | 'high' | 'tolerance' | 'ceiling' | 'yearly' | 'step' | 'due' | 'path'>

const figure = (n: number) => (n ? String(n) : '')

/** The form of a measure that stands or is proposed. */
export function draftOf(m: Plain): Draft {
  return {
    id: m.id, version: m.version, name: m.name, unit: m.unit, direction: m.direction, base: String(m.baseline.value), baseDay: m.baseline.day, target: String(m.target),
    high: figure(m.high), tolerance: figure(m.tolerance), ceiling: m.ceiling, yearly: m.yearly, step: m.step, due: m.due,
    path: (m.path ?? []).map((p) => `${p.day} ${p.value}`).join('\n'),
  }
}

/** An empty form. */
export function blank(today: string): Draft {
  return { id: 0, version: 0, name: '', unit: '', direction: 'at_least', base: '0', baseDay: today, target: '', high: '', tolerance: '', ceiling: false, yearly: false, step: false, due: '', path: '' }
}

/** What the form says, or the field that says nothing usable ("path:2" is its second line). */
export function bodyOf(d: Draft): { body?: MeasureBody; bad?: string } {
  const numbers = { base: typed(d.base), target: typed(d.target), high: typed(d.high || '0'), tolerance: typed(d.tolerance || '0') }
  const bad = Object.entries(numbers).find(([, n]) => Number.isNaN(n))
  if (bad) return { bad: bad[0] }
  const path: { day: string; value: number }[] = []
  const lines = d.path.split('\n')
  for (const [i, line] of lines.entries()) {
    if (!line.trim()) continue
    const m = /^\s*(\d{4}-\d{2}-\d{2})[\s,，:：]+(\S+)\s*$/.exec(line)
    const value = typed(m?.[2] ?? '')
    if (!m || Number.isNaN(value)) return { bad: `path:${i + 1}` }
    path.push({ day: m[1]!, value })
  }
  return { body: {
    id: d.id, version: d.version, name: d.name.trim(), unit: d.unit.trim(), direction: d.direction as MeasureBody['direction'],
    baseline: { day: d.baseDay, value: numbers.base }, target: numbers.target, high: numbers.high, tolerance: numbers.tolerance,
    ceiling: d.direction === 'at_most' && d.ceiling, yearly: d.yearly, step: d.step, due: d.due, path,
  } }
}
