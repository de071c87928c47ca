import { day, list, number, t, tk } from '../i18n/index.svelte'

interface DueLike { kind: string; on: string; from?: string; at?: string; count?: number; unit?: string; event?: string; every?: string; day?: number; stage?: string; assumed?: boolean }
interface MeasureLike { name?: string; value: number; high?: number; unit?: string; direction: string; strength?: string }

/** A deadline said outright: kind and day. */
export function dueWords(d: DueLike): string {
  const parts = [tk(`due.${d.kind}`, d.kind)]
  if (d.kind === 'relative' && d.count) parts.push(t('due.after', { n: d.count, unit: tk(`due.unit.${d.unit}`, d.unit ?? '', { n: d.count }), event: tk(`due.event.${d.event}`, d.event ?? '') }))
  if (d.kind === 'recurring' && d.every) parts.push(tk(`due.every.${d.every}`, d.every))
  if (d.on) parts.push((d.from ? day(d.from) + ' – ' : '') + day(d.on) + (d.at ? ' ' + d.at : ''))
  if (d.stage) parts.push(d.stage)
  if (d.assumed) parts.push(t('due.assumed'))
  return parts.join(' · ')
}

/** A unit as it stands behind its figure: a word after a space, a sign or a Chinese unit without. */
export function unitAfter(unit = ''): string {
  return /^\p{Script=Latin}/u.test(unit) ? ` ${unit}` : unit
}

/** A measure said outright: name, direction, value, unit. */
export function measureWords(m: MeasureLike): string {
  const value = m.direction === 'between' ? `${number(m.value)}–${number(m.high ?? m.value)}` : number(m.value)
  const dir = tk(`direction.${m.direction}`, '')
  const figure = m.direction === 'full' || m.direction === 'rank' ? (m.value ? value + unitAfter(m.unit) : '') : value + unitAfter(m.unit)
  return [m.name, m.strength ? tk(`strength.${m.strength}`, '') : '', dir, figure].filter(Boolean).join(' ')
}

/** Names joined, the first few and how many more. */
export function few(names: string[], n = 2): string {
  return names.length <= n ? list(names) : list(names.slice(0, n)) + t('list.few', { n: names.length - n, all: names.length })
}
