import { beforeAll, describe, expect, it } from 'vitest'
import { daysAhead, months, termWords } from './rules'

beforeAll(() => {
  Object.defineProperty(globalThis, 'localStorage', { value: { getItem: () => null, setItem: () => {} } })
})

describe('rules', () => {
  it('takes the lengths of time the law knows and no others', () => {
    for (const ok of ['2wd', '15d', '24h', '3m', 'eom', 'EOQ', ' 5D ']) expect(termWords(ok), ok).toBeTruthy()
    for (const bad of ['', '2', 'wd', '2 weeks', '-1d', '2026-10-10', '1.5d']) expect(termWords(bad), bad).toBeUndefined()
  })

  it('reads months however they are parted', () => {
    expect(months('3，6、 12')).toEqual([3, 6, 12])
    expect(months('')).toEqual([])
    expect(months('0, 3')).toBeUndefined()
    expect(daysAhead('7, 3，1、0')).toEqual([7, 3, 1, 0])
    expect(daysAhead('-1')).toBeUndefined()
    expect(months('three')).toBeUndefined()
    expect(months('1 2 3 4 5 6 7')).toBeUndefined()
  })
})
