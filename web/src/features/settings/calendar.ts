import { client, take, upload } from '../../api/client'
import type { CalendarBody, CalendarChange, CalendarDay, CalendarView } from '../../api/types'

/** The working calendar, with the days of a year; 0 is the present one. */
export function fetchCalendar(year: number): Promise<CalendarView> {
  return take(client.GET('/calendar', { params: { query: year ? { year } : {} } }))
}

/** Chooses what the calendar is built on; a dry run changes nothing. */
export function setCalendar(body: CalendarBody): Promise<CalendarChange> {
  return take(client.PUT('/calendar', { body }))
}

/** Takes published years in; a dry run changes nothing. */
export function importCalendar(file: File, dryRun: boolean): Promise<CalendarChange> {
  const form = new FormData()
  form.append('file', file)
  return upload<CalendarChange>(`/calendar/import?dry_run=${dryRun}`, form, () => {})
}

/** Days of one holiday that follow each other. */
export interface Span {
  name: string
  off: boolean
  from: string
  to: string
  days: number
}

/** A year's days as people say them: 春节 from the 15th to the 23rd. */
export function spans(days: CalendarDay[]): Span[] {
  const out: Span[] = []
  for (const d of days) {
    const last = out.at(-1)
    if (last && last.name === d.name && last.off === d.off && after(last.to) === d.date) {
      last.to = d.date
      last.days++
    } else out.push({ name: d.name, off: d.off, from: d.date, to: d.date, days: 1 })
  }
  return out
}

const after = (day: string) => new Date(Date.parse(day + 'T00:00:00Z') + 86_400_000).toISOString().slice(0, 10)

/** Years in a row, as spans: 2007–2026. */
export function runs(years: number[]): string[] {
  const out: [number, number][] = []
  for (const y of years) {
    const last = out.at(-1)
    if (last && last[1] + 1 === y) last[1] = y
    else out.push([y, y])
  }
  return out.map(([a, b]) => (a === b ? `${a}` : `${a}–${b}`))
}

/** The first year from now on whose holidays are not known. */
export function unknownFrom(years: number[], now: number): number {
  let y = now
  while (years.includes(y)) y++
  return y
}

/** The few years that concern people most, in order: this one and what follows, then those just past. */
export function nearest<T extends { year: number }>(years: T[], now: number, most: number): T[] {
  const ahead = years.filter((y) => y.year >= now).slice(0, most)
  const past = most > ahead.length ? years.filter((y) => y.year < now).slice(ahead.length - most) : []
  return [...past, ...ahead]
}
