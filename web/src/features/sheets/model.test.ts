import { describe, expect, it } from 'vitest'
import type { Sheet, SheetCell, SheetRow } from '../../api/types'
import { faultWords, firstState, recount, replaced, running, share, shown, toWrite } from './model'

const none = { key: '', message: '' }
const cell = (column: string, more: Partial<SheetCell> = {}): SheetCell => ({ column, was: '', now: '', is: '', locked: false, edited: false, clash: false, take: '', fault: none, ...more })
const row = (ord: number, more: Partial<SheetRow> = {}): SheetRow => ({ ord, line: ord + 2, known: true, no: '2026-0001', title: '学位', state: 'changed', moved: false, fault: none, cells: [], ...more })
const sheet = (more: Partial<Sheet> = {}): Sheet => ({ id: 1, kind: 'reports', name: 'a.xlsx', lang: 'zh', phase: 'ready', file: false, total: 3, missing: 0, done: 0, of: 0, counts: { changed: 2, faulty: 1 }, notes: [], fault: none, brought_at: '2026-03-05T01:00:00Z', ...more })
const say = (key: string, args: Record<string, string> = {}) => ({ 'sheet.no_move': '状态为“{status}”', 'ledger.status.archived': '已归档' })[key]?.replace(/\{(\w+)\}/g, (_, k: string) => args[k] ?? '')

describe('rows', () => {
  it('shows what was edited or is at fault, and no more', () => {
    const r = row(1, { cells: [cell('next'), cell('changed', { edited: true }), cell('title', { locked: true, fault: { key: 'sheet.locked', message: '' } }), cell('help', { take: 'theirs' })] })
    expect(shown(r).map((c) => c.column)).toEqual(['changed', 'title', 'help'])
  })
  it('says a fault with sentences inside it', () => {
    expect(faultWords({ key: 'sheet.no_move', args: { status: '@ledger.status.archived' }, message: 'x' }, say)).toBe('状态为“已归档”')
    expect(faultWords({ key: 'new.key', message: 'plain' }, say)).toBe('plain')
    expect(faultWords(none, say)).toBe('')
  })
  it('replaces the mended one', () => expect(replaced([row(1), row(2)], row(2, { state: 'same' })).map((r) => r.state)).toEqual(['changed', 'same']))
})

describe('a workbook', () => {
  it('opens with what wants something', () => {
    expect(firstState({ changed: 2, faulty: 1, same: 9 })).toEqual(['faulty', 'changed'])
    expect(firstState({ same: 9, done: 1 })).toEqual(['done', 'same'])
  })
  it('knows how far it is', () => {
    expect(share(sheet({ phase: 'reading', of: 0 }))).toBeUndefined()
    expect(share(sheet({ phase: 'applying', done: 5, of: 20 }))).toBe(0.25)
    expect([running(sheet()), running(sheet({ phase: 'applying' }))]).toEqual([false, true])
  })
  it('counts anew when a row is mended', () => expect(recount(sheet(), 'faulty', 'changed').counts).toEqual({ changed: 3, faulty: 0 }))
  it('writes the chosen rows, or all', () => expect([toWrite(sheet(), []), toWrite(sheet(), [7])]).toEqual([2, 1]))
})
