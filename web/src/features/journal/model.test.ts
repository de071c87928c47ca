import { describe, expect, it } from 'vitest'
import { exportSearch, kindOf, meetingOf, narrowed, parse } from './model'

describe('the journal', () => {
  it('tells a list of records by how many there are, and an instant from a day', () => {
    expect([[], [{ item: 0 }, { item: 3 }], [1, 2], { a: 1 }, null].map(kindOf)).toEqual([{ kind: 'none' }, { kind: 'entries', n: 2 }, { kind: 'words', words: ['1', '2'] }, { kind: 'data' }, { kind: 'none' }])
    expect(['2026-12-03', '2026-12-03T09:30:00.123+08:00', '2026-12-03T01:30:00Z', 'issued'].map((v) => kindOf(v).kind)).toEqual(['day', 'instant', 'instant', 'word'])
  })
  it('knows the meeting an entry is about', () => {
    expect([meetingOf({ changes: [{ field: 'stocktake', before: null, after: 2 }] }), meetingOf({ changes: [] })]).toEqual([2, 0])
  })
  it('reads its address and asks for the same file', () => {
    const f = parse(new URLSearchParams('no= 2026-0001 &unit=3&verb=chase&from=2026-03-01&matter=9'))
    expect(f).toEqual({ matter: '2026-0001', unit: 3, person: undefined, verb: 'chase', from: '2026-03-01', to: undefined })
    expect(exportSearch(f)).toBe('?matter=2026-0001&unit=3&verb=chase&from=2026-03-01')
    expect(exportSearch({})).toBe('')
    expect(narrowed(parse(new URLSearchParams('matter=9')))).toBe(false) // the sheet beside it narrows nothing
  })
})
