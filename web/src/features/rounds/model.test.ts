import { describe, expect, it } from 'vitest'
import type { Rates, Round } from '../../api/types'
import { mostMissing, stateOf, usual } from './model'

describe('rounds', () => {
  it('asks by itself about the month before, over the turn of a year and in leap years', () => {
    expect(usual('2026-01-10')).toEqual({ from: '2025-12-01', to: '2025-12-31', due: '2026-01-15' })
    expect(usual('2028-03-30')).toEqual({ from: '2028-02-01', to: '2028-02-29', due: '2028-04-04' })
  })

  it('is open through its due day, past it until it is locked', () => {
    const r = (part: Partial<Round>) => ({ due: '2026-03-28', ...part }) as Round
    expect([stateOf(r({}), '2026-03-28'), stateOf(r({}), '2026-03-29'), stateOf(r({ locked_at: '2026-03-29T00:00:00Z' }), '2026-03-29')]).toEqual(['open', 'past', 'locked'])
  })

  it('names first who owes most', () => {
    const u = (name: string, due: number, met: number, late = 0) => ({ id: 1, name, due, met, on_time: met, late })
    const page = { units: [u('all in', 9, 9), u('one', 3, 2), u('two', 2, 0)] } as unknown as Rates
    expect(mostMissing(page).map((x) => x.name)).toEqual(['two', 'one', 'all in'])
  })
})
