import { describe, expect, it } from 'vitest'
import type { Assignment, MatterPage, Obligation, Report, Verb } from '../../api/types'
import { acts, asked, both, byRole, claimLacks, cut, kinds, leads, news, owed, standing, takeIn, type Typed } from './model'

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

const page = (p: Partial<Record<keyof MatterPage, unknown>> & { status?: string; due?: string; assignments?: unknown[] }) =>
  ({ next: [], may: [], write_for: [], reports: [], requests: [], notes: [], history: [], urge_for: [], ...p, matter: { status: p.status ?? 'accepted', due: p.due ?? '', assignments: p.assignments ?? [] } }) as unknown as MatterPage
const next = (verb: Verb, unit = 0) => ({ verb, unit, unit_name: `u${unit}`, of: 0, of_name: '' })
const names = (p: MatterPage) => acts(p, '2026-03-05').map((a) => (a.kind === 'move' ? a.verb : a.kind === 'ask' ? a.what : a.kind))

describe('acts', () => {
  const unit = { id: 5, name: '教育局' }
  it('puts what carries the matter forward before everything else that may be done', () =>
    expect(names(page({ next: [next('park'), next('plan', 5)], write_for: [unit], status: 'accepted' }))).toEqual(['plan', 'write', 'park', 'stop']))
  it('puts a report that waits for a word first', () =>
    expect(names(page({ reports: [{ id: 1, status: 'sent', may: ['accept', 'return'], unit: 5 }], next: [next('reassign')], status: 'in_progress' }))).toEqual(['look', 'reassign']))
  it('asks for more time only before the due, and not twice', () => {
    expect(names(page({ write_for: [unit], due: '2026-03-05' }))).toContain('extension')
    expect(names(page({ write_for: [unit], due: '2026-03-04' }))).not.toContain('extension')
    expect(names(page({ write_for: [unit], due: '2026-03-05', requests: [{ kind: 'extension', unit: 5, status: 'open', may: [] }] }))).not.toContain('extension')
  })
  it('offers one verification, however it may turn out', () =>
    expect(names(page({ next: [next('verify'), next('refute')], may: ['verify'], status: 'claimed' }))).toEqual(['check']))
  it('writes no report on what is struck off, but for a reply', () => {
    expect(names(page({ write_for: [unit], status: 'completed' }))).toEqual([])
    expect(names(page({ write_for: [unit], status: 'completed', notes: [{ status: 'open', may: [] }] }))).toEqual(['write'])
  })
  it('makes no main button of what leads nowhere', () =>
    expect(acts(page({ next: [next('park'), next('acknowledge', 5)], urge_for: [unit] }), '').map(leads)).toEqual([true, false, false]))
  it('offers urging once, whoever owes something', () =>
    expect(names(page({ next: [next('park')], urge_for: [unit, { id: 6, name: '财政局' }] }))).toEqual(['urge', 'park']))
})

describe('asked', () => {
  it('asks for a reason wherever the law does', () => {
    for (const v of ['confirm', 'dispute', 'stop', 'restart', 'reopen', 'waive', 'chase', 'return', 'park', 'reassign'] as Verb[]) expect(asked(v), v).toContain('words')
    expect(asked('acknowledge')).toEqual([])
  })
})

describe('a report being written', () => {
  const t = (changed: string, problems = ''): Typed => ({ kind: 'progress', changed, problems, help: '', next: '', percent: 10, result: '', note: 0, steps: [], evidence: [], figures: [] })
  it('keeps both texts, each once', () => {
    expect(both(t('甲'), t('乙')).changed).toBe('乙\n甲')
    expect(both(t('甲'), t('甲')).changed).toBe('甲')
    expect(both(t(''), t('乙')).changed).toBe('乙')
    expect(both(t('新增学位三百个'), t('新增学位')).changed).toBe('新增学位三百个')
  })
  it('takes a part in under its name, once', () => {
    const part = { changed: '管网已换 3 公里', problems: '缺料', help: '' } as Report
    const once = takeIn(t('总体顺利'), part, '水务局')
    expect(once.changed).toBe('总体顺利\n水务局：管网已换 3 公里')
    expect(once.problems).toBe('水务局：缺料')
    expect(takeIn(once, part, '水务局')).toEqual(once)
  })
  it('says what a claim lacks', () => {
    const p = page({ assignments: [{ role: 'support', unit: 6, unit_name: '财政局' }, { role: 'support', unit: 7, unit_name: '水务局', waived: true }, { role: 'support', unit: 8, unit_name: '工会', delivered: '2026-03-01T00:00:00Z' }] })
    expect(claimLacks(p, '', 0)).toEqual({ parts: ['财政局'], result: true, evidence: true })
    expect(claimLacks(p, 'met', 1)).toEqual({ parts: ['财政局'], result: false, evidence: false })
  })
  it('claims only what is in progress and answered for', () => {
    const lead = [{ role: 'lead', unit: 5 }]
    expect(kinds(page({ status: 'in_progress', assignments: lead }), 5, 'progress')).toEqual(['progress', 'claim'])
    expect(kinds(page({ status: 'accepted', assignments: lead, notes: [{ status: 'open' }] }), 5, 'progress')).toEqual(['progress', 'reply'])
    expect(kinds(page({ status: 'in_progress' }), 5, 'part')).toEqual(['part'])
  })
})

describe('what is owed', () => {
  const o = (id: number, due: string, more: Partial<Obligation> = {}) => ({ id, due, late: false, ...more }) as Obligation
  it('shows what is open first, the earliest due first', () =>
    expect(owed([o(1, '2026-01-01', { met: '2026-01-01T00:00:00Z' }), o(2, ''), o(3, '2026-05-01'), o(4, '2026-03-01', { late: true })]).map((x) => x.id)).toEqual([4, 3, 2, 1]))
  it('says in a word how it stands', () => {
    expect(standing(o(1, '', { void: '2026-01-01T00:00:00Z' }))).toBe('void')
    expect(standing(o(1, '', { met: '2026-01-01T00:00:00Z', late: true }))).toBe('met_late')
    expect(standing(o(1, '', { met: '0001-01-01T00:00:00Z', late: true }))).toBe('late')
  })
})

describe('news', () => {
  it('is what happened since', () => {
    const e = (seq: number) => ({ seq })
    expect(news(page({ history: [e(1), e(2)] }), page({ history: [e(3), e(2), e(1), e(4)] })).map((x) => x.seq)).toEqual([4, 3])
  })
})
