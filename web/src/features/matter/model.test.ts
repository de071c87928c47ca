import { describe, expect, it } from 'vitest'
import type { Assignment, MatterPage } from '../../api/types'
import { byRole, cut, toAcknowledge } from './model'

describe('cut', () => {
  it('marks the sentence', () => expect(cut('一、新增学位。二、其他。', { start: 2, end: 7 })).toEqual(['一、', '新增学位。', '二、其他。']))
  it('marks nothing where the span lies outside', () => expect(cut('短', { start: 0, end: 9 })).toEqual(['短', '', '']))
})

describe('byRole', () => {
  it('puts leads before supports whatever their order', () => {
    const a = (role: string) => ({ role, name: role }) as Assignment
    expect(byRole([a('support'), a('lead'), a('support')]).map((g) => [g.role, g.who.length])).toEqual([['lead', 1], ['support', 2]])
  })
})

describe('toAcknowledge', () => {
  const page = { may: ['acknowledge'], file_for: [{ id: 5, name: '' }, { id: 6, name: '' }], obligations: [
    { id: 1, kind: 'acknowledge', matter: 1, unit: 5, due: '', since: '', met: null },
    { id: 2, kind: 'acknowledge', matter: 1, unit: 6, due: '', since: '', met: '2026-03-09T01:00:00Z' },
    { id: 3, kind: 'finish', matter: 1, unit: 5, due: '', since: '' },
    { id: 4, kind: 'acknowledge', matter: 1, unit: 9, due: '', since: '' },
  ] } as unknown as MatterPage
  it('asks only for own units that have not yet confirmed', () => expect(toAcknowledge(page).map((o) => o.id)).toEqual([1]))
  it('asks nothing of who may not', () => expect(toAcknowledge({ ...page, may: [] })).toEqual([]))
})
