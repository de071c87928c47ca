import { describe, expect, it } from 'vitest'
import { exportSearch, narrowed, parse } from './model'

describe('the journal', () => {
  it('reads its address and asks for the same file', () => {
    const f = parse(new URLSearchParams('no= 2026-0001 &unit=3&verb=chase&from=2026-03-01&matter=9'))
    expect(f).toEqual({ matter: '2026-0001', unit: 3, person: undefined, verb: 'chase', from: '2026-03-01', to: undefined })
    expect(exportSearch(f)).toBe('?matter=2026-0001&unit=3&verb=chase&from=2026-03-01')
    expect(exportSearch({})).toBe('')
    expect(narrowed(parse(new URLSearchParams('matter=9')))).toBe(false) // the sheet beside it narrows nothing
  })
})
