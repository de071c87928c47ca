import { describe, expect, it } from 'vitest'
import { nearest, runs, spans, unknownFrom } from './calendar'

const day = (date: string, name: string, off = true) => ({ date, name, off })

describe('the days of a year', () => {
  it('are told as spans, broken by a gap, a name and a day of work', () => {
    expect(spans([
      day('2026-01-01', '元旦'), day('2026-01-02', '元旦'), day('2026-01-03', '元旦'), day('2026-01-04', '元旦', false),
      day('2026-02-28', '春节', false), day('2026-03-01', '春节'), day('2026-03-03', '春节'), day('2026-03-04', '清明节'),
    ]).map((s) => `${s.name} ${s.off ? 'off' : 'work'} ${s.from}/${s.to} ${s.days}`)).toEqual([
      '元旦 off 2026-01-01/2026-01-03 3', '元旦 work 2026-01-04/2026-01-04 1',
      '春节 work 2026-02-28/2026-02-28 1', '春节 off 2026-03-01/2026-03-01 1', '春节 off 2026-03-03/2026-03-03 1', '清明节 off 2026-03-04/2026-03-04 1',
    ])
    expect(spans([])).toEqual([])
  })
  it('are known for runs of years', () => {
    expect(runs([2007, 2008, 2009, 2011, 2013, 2014])).toEqual(['2007–2009', '2011', '2013–2014'])
    expect(runs([])).toEqual([])
    expect(unknownFrom([2025, 2026, 2028], 2026)).toBe(2027)
    expect(unknownFrom([2025], 2026)).toBe(2026)
  })
  it('are shown from this year on, then backwards, few of them', () => {
    const years = (...list: number[]) => list.map((year) => ({ year }))
    expect(nearest(years(2007, 2008, 2026, 2027, 2028), 2026, 2)).toEqual(years(2026, 2027))
    expect(nearest(years(2007, 2008, 2009, 2027), 2026, 3)).toEqual(years(2008, 2009, 2027))
    expect(nearest(years(2007), 2026, 3)).toEqual(years(2007))
    expect(nearest([], 2026, 3)).toEqual([])
  })
})
