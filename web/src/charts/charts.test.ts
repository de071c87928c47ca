import { describe, expect, it } from 'vitest'
import { draw, path, tableOf } from './course'
import { prefill, toSend, typed } from './figures'

const line = [{ day: '2026-01-01', value: 0 }, { day: '2026-01-11', value: 10 }]

describe('draw', () => {
  it('puts plan and figures on one scale', () => {
    const d = draw({ line, held: [{ day: '2026-01-06', value: 5 }], step: false, on: '2026-01-06' }, 100, 50)
    expect([d.plan, d.spots, d.today]).toEqual(['M0 50L100 0', [{ x: 50, y: 25 }], 50])
  })
  it('holds a step until the next point', () => expect(path([{ x: 0, y: 5 }, { x: 10, y: 0 }], true)).toBe('M0 5H10V0'))
  it('draws one value on one day within the box', () => {
    const d = draw({ line: [], held: [{ day: '2026-01-06', value: 5 }], step: false, on: '2026-01-06' }, 100, 50)
    expect(d.spots).toEqual([{ x: 0, y: 25 }])
  })
  it('draws nothing of nothing', () => expect(draw({ line: [], held: [], step: false, on: '' }, 100, 50).plan).toBe(''))
  it('tells the same as a table', () => {
    expect(tableOf({ line, held: [{ day: '2026-01-01', value: 1 }], step: false, on: '' })).toEqual([
      { day: '2026-01-01', plan: 0, actual: 1 }, { day: '2026-01-11', plan: 10 }])
  })
})

describe('figures', () => {
  const lines = prefill([{ id: 1, name: 'a', unit: '%', held: line }, { id: 2, name: 'b', unit: '', held: [] }], '2026-02-01')
  it('starts from the last values and sends nothing new by itself', () => {
    expect(lines.map((f) => f.value)).toEqual(['10', ''])
    expect(toSend(lines)).toEqual({ figures: [], bad: [] })
  })
  it('sends what changed and names what is no number', () => {
    expect(toSend([{ ...lines[0]!, value: '1,250.5' }, { ...lines[1]!, value: '十' }])).toEqual({ figures: [{ measure: 1, value: 1250.5, as_of: '2026-02-01' }], bad: [2] })
  })
  it('says the same again with a note', () => expect(toSend([{ ...lines[0]!, note: '无变化' }]).figures).toHaveLength(1))
  it('takes numbers as people type them', () => expect([typed('-3.5'), typed('1，000'), typed('1e9'), typed('')]).toEqual([-3.5, 1000, NaN, NaN]))
})
