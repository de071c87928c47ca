import { describe, expect, it } from 'vitest'
import type { Desk, DeskRow, LedgerGroup } from '../../api/types'
import { actHref, heights, rowHref, said, without, worstFirst } from './model'

const row = (part: Partial<DeskRow>): DeskRow => ({ kind: 'acknowledge', no: '', title: '', lamp: 'act', reason: { key: '' }, due: '', unit: 1, unit_name: '', act: 'acknowledge', ref: 0, late: false, words: '', version: 1, ...part })

describe('the desk', () => {
  it('opens a matter beside the list and a reading on its correction page', () => {
    expect(rowHref(row({ matter: 7 }))).toBe('/?matter=7')
    expect(rowHref(row({ directive: 3, act: 'correct' }))).toBe('/directives/3/correct')
  })

  it('opens the matter where the act is done, and a verification on the page made for the spot', () => {
    expect(actHref(row({ matter: 7, act: 'report', unit: 3, ref: 9 }))).toBe('/?matter=7&act=report&unit=3&ref=9')
    expect(actHref(row({ matter: 7, act: 'open' }))).toBe('/?matter=7')
    expect(actHref(row({ matter: 7, act: 'look_back' }))).toBe('/verify/7')
  })

  it('shows a leader first the units that need a word', () => {
    const g = (key: string, total: number, lamps: Record<string, number>) => ({ key, name: key, total, lamps }) as LedgerGroup
    expect(worstFirst([g('big', 90, {}), g('late', 2, { act: 1 }), g('watch', 5, { watch: 3 })]).map((x) => x.key)).toEqual(['late', 'watch', 'big'])
  })

  it('takes only the row done away: the same matter may be owed by another unit', () => {
    const desk: Desk = { owed: [row({ matter: 7 }), row({ matter: 7, unit: 2 })], waiting: [], came_back: [], mine: { open: 2, lamps: {} }, upcoming: [], done_today: 4, today: '2026-03-05' }
    const left = without(desk, desk.owed[0]!)
    expect(left.owed.map((r) => r.unit)).toEqual([2])
    expect(left.done_today).toBe(5)
  })

  it('says why a matter is marked, not a fixed word, and what is owed where something is', () => {
    expect(said(row({ kind: 'overdue', act: 'open' }), '已逾期', '逾期 3 个工作日未签收。')).toEqual(['逾期 3 个工作日未签收'])
    expect(said(row({}), '签收', '已逾期 2 天。')).toEqual(['签收', '已逾期 2 天'])
    expect(said(row({ kind: 'reading', act: 'correct' }), '待校核', '拟办中。')).toEqual(['待校核'])
  })

  it('draws an empty fortnight flat', () => {
    expect(heights([{ date: '', count: 0 }, { date: '', count: 0 }])).toEqual([0, 0])
  })
})
