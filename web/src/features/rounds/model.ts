import type { Rates, Round } from '../../api/types'

/** How a round stands on a day. */
export function stateOf(r: Round, today: string): 'locked' | 'open' | 'past' {
  return r.locked_at ? 'locked' : today > r.due ? 'past' : 'open'
}

/** The month before the day's, as the period a round usually asks about, and its usual due: in five days. */
export function usual(today: string): { from: string; to: string; due: string } {
  const d = new Date(today + 'T00:00:00Z')
  const iso = (x: Date) => x.toISOString().slice(0, 10)
  return {
    from: iso(new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() - 1, 1))),
    to: iso(new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth(), 0))),
    due: iso(new Date(d.getTime() + 5 * 86_400_000)),
  }
}

/** The first day of the year of a day. */
export const yearOf = (today: string) => today.slice(0, 4) + '-01-01'

/** Units by what is missing: the most owed first, and those that have all in last. */
export function mostMissing(r: Rates): Rates['units'] {
  return [...r.units].sort((a, b) => b.due - b.met - (a.due - a.met) || b.late - a.late)
}
