import { describe, expect, test } from 'vitest'
import type { PackFigure, PackPage } from '../../api/types'
import { against, drawn, first, partOf, promises, shortSeal, standing } from './model'

const page: PackPage = {
  unit: 1, name: 'U', head: '', parts: [
    { kind: 'promises', lines: [{ key: 'a', keeping: 'kept' }, { key: 'b', keeping: 'broken' }, { key: 'c', keeping: 'open' }] },
    { kind: 'questions', lines: [{ key: 'q1' }, { key: 'q2' }] },
    { kind: 'gaps', lines: [] },
  ],
}
const figure: PackFigure = { name: '学位', unit: '个', direction: 'at_least', target: 5400, plan: [{ day: '2026-01-01', value: 0 }], actual: [{ day: '2026-06-30', value: 1200 }], gap: -12 }

describe('a page', () => {
  test('counts what was kept, late and broken of all promises', () => {
    expect(promises(page)).toEqual({ kept: 1, late: 0, broken: 1, all: 3 })
    expect(promises(undefined).all).toBe(0)
  })
  test('a part without lines is none', () => {
    expect(partOf(page, 'gaps')).toBeUndefined()
    expect(first(page, 'questions', 1).map((l) => l.key)).toEqual(['q1'])
  })
})

test('a figure is never without what it is to become', () => {
  expect(standing(figure)).toBe('1,200 / 5,400 个')
  expect(standing({ ...figure, actual: [] })).toBe('– / 5,400 个')
  expect(standing({ ...figure, direction: 'between', target: 1, high: 3, unit: '' })).toBe('1,200 / 1–3')
})

test('on the wall the newest figure stands against the plan of the pack’s day', () => {
  const way = { ...figure, plan: [{ day: '2026-01-01', value: 0 }, { day: '2026-12-31', value: 5400 }] }
  expect(against(way, '2026-07-02')).toEqual({ actual: '1,200 个', key: 'room.planned', n: '2,700' })
  expect([against(way, '2027-02-01').n, against(way, '2025-02-01').n]).toEqual(['5,400', '0'])
  expect(against({ ...figure, plan: [], target: 5.5, unit: '%' }, '2026-07-02')).toEqual({ actual: '1,200 %', key: 'room.target', n: '5.5' })
  expect(against({ ...way, plan: [{ day: '2026-01-01', value: 76 }, { day: '2026-12-31', value: 85 }] }, '2026-03-01').n).toBe('77.5')
})

test('it is drawn as of the pack’s own day; a range has a band', () => {
  expect(drawn(figure, '2026-11-26')).toMatchObject({ on: '2026-11-26', low: undefined })
  expect(drawn({ ...figure, direction: 'between', high: 6000 }, '2026-11-26')).toMatchObject({ low: 5400, high: 6000 })
})

test('a seal is shown short', () => expect(shortSeal('0123456789abcdef')).toBe('0123456789ab'))
