import { describe, expect, test } from 'vitest'
import type { ItemView, LineView, Room, Slot, Statement } from '../../api/types'
import { agoOf, ahead, barsOf, chipsOf, clockOf, draftOf, inOrder, justDecided, moved, nextDeed, nextUp, offsetOf, pledged, pledges, untouched, waits, type Deed, type Queued } from './model'

const t0 = Date.parse('2026-11-26T09:30:00Z')
const slot = (unit: number, more: Partial<Slot> = {}): Slot => ({ unit, name: `U${unit}`, minutes: 8, state: 'waiting', late: false, spent: 0, ...more })
const running = (ago: number, more: Partial<Slot> = {}) => slot(1, { state: 'speaking', began: new Date(t0 - ago).toISOString(), ...more })
const room = (slots: Slot[], items: Partial<ItemView>[] = []): Room => ({ id: 1, status: 'sitting', slots, items, topics: [], chair: 7, convener: 7 }) as unknown as Room
let n = 0
const queued = (deed: Deed, at = t0, refused?: string): Queued => ({ key: `k${n}`, person: 1, stocktake: 1, at, seq: n++, deed, refused })
const call = (unit: number): Deed => ({ kind: 'act', act: { act: 'call', unit } })

describe('how long ago a deed was done', () => {
  const made = { page: 1, ran: 5_000, wall: t0 }
  test('is told by the clock that runs forward, whatever becomes of the wall’s', () => {
    expect(agoOf(made, { page: 1, ran: 65_000.4, wall: t0 - 3_600_000 })).toBe(60_000)
  })
  test('is told by the wall’s where another page left it behind, and never below nothing or above a day', () => {
    expect(agoOf(made, { page: 2, ran: 100, wall: t0 + 90_000 })).toBe(90_000)
    expect([agoOf(made, { page: 2, ran: 100, wall: t0 - 90_000 }), agoOf(undefined, made), agoOf(made, { page: 2, ran: 0, wall: t0 + 9e9 })]).toEqual([0, 0, 86_400_000])
  })
})

describe('the clock', () => {
  test('runs with the turn and stands with what was spent', () => {
    expect(clockOf(running(60_000), t0)).toMatchObject({ used: 60_000, phase: 'calm', shown: '7:00' })
    expect(clockOf(slot(1, { state: 'spoken', spent: 90_000 }), t0).used).toBe(90_000)
    expect(clockOf(running(60_000, { spent: 120_000 }), t0).shown).toBe('5:00') // called a second time
  })
  test('warns in the last minute and counts up when run over', () => {
    expect(clockOf(running(7 * 60_000), t0)).toMatchObject({ phase: 'last', shown: '1:00' })
    expect(clockOf(running(8 * 60_000), t0)).toMatchObject({ phase: 'over', shown: '0:00', share: 1 })
    expect(clockOf(running(8 * 60_000 + 5_000), t0)).toMatchObject({ phase: 'over', shown: '0:05' })
  })
  test('of a minute, the last quarter warns', () => {
    expect(clockOf(running(40_000, { minutes: 1 }), t0).phase).toBe('calm')
    expect(clockOf(running(46_000, { minutes: 1 }), t0).phase).toBe('last')
  })
  test('a frame held up on its way does not set it back', () => {
    const first = offsetOf(undefined, new Date(t0).toISOString(), t0 - 5_000)
    expect(first).toBe(5_000)
    expect(offsetOf(first, new Date(t0).toISOString(), t0 + 60_000)).toBe(5_000)
  })
})

describe('the projector', () => {
  test('shows a line for some seconds, and none that was struck or is old', () => {
    const at = (ago: number) => new Date(t0 - ago).toISOString()
    expect(justDecided(room([], [{ id: 1, kind: 'decision', at: at(3_000) }]), t0)?.id).toBe(1)
    expect(justDecided(room([], [{ id: 1, kind: 'decision', at: at(3_600_000) }]), t0)).toBeUndefined() // after an hour away
    expect(justDecided(room([], [{ id: 1, kind: 'decision', at: at(3_000), struck: at(0) }]), t0)).toBeUndefined()
    expect(justDecided(room([], [{ id: 1, kind: 'decision', at: at(4_000) }, { id: 2, kind: 'decision', at: at(3_000), struck: at(0) }]), t0)).toBeUndefined() // nor the one before it
    expect(justDecided(room([running(1_000)], [{ id: 1, kind: 'decision', at: at(3_000) }]), t0)).toBeUndefined() // the next one speaks
    expect(justDecided(room([running(5_000)], [{ id: 1, kind: 'decision', at: at(3_000) }]), t0)?.id).toBe(1)
  })
  test('names who comes next', () => {
    expect(nextUp(room([slot(1, { state: 'spoken' }), slot(2, { state: 'absent' }), slot(3)]))?.unit).toBe(3)
  })
})

describe('what waits', () => {
  test('is sent in the order it was done, past what was refused', () => {
    const a = queued(call(1), t0 + 5), b = queued(call(2), t0), c = queued(call(3), t0, 'no')
    expect(inOrder([a, c, b]).map((q) => q.key)).toEqual([b.key, c.key, a.key])
    expect(nextDeed([a, c])?.key).toBe(a.key)
    expect(nextDeed([c])).toBeUndefined()
  })
  test('is shown at once: the turn moves on, an absent unit comes late', () => {
    const r = room([running(30_000), slot(2, { state: 'absent' }), slot(3)])
    const after = ahead(r, [queued(call(2), t0), queued({ kind: 'act', act: { act: 'grant', unit: 3, minutes: 5 } }, t0 + 1), queued({ kind: 'act', act: { act: 'reorder', units: [3, 1, 2] } }, t0 + 2)])
    expect(after.slots.map((s) => [s.unit, s.state, s.late, s.spent, s.minutes])).toEqual([[3, 'waiting', false, 0, 5], [1, 'spoken', false, 30_000, 8], [2, 'speaking', true, 0, 8]])
    expect(r.slots[0]!.state).toBe('speaking') // the room itself is left alone
  })
  test('a call done twice changes nothing, and a refused one is not shown', () => {
    const r = room([running(30_000), slot(2)])
    expect(ahead(r, [queued(call(1))]).slots[0]).toEqual(r.slots[0])
    expect(ahead(r, [queued(call(2), t0, 'no')])).toBe(r)
  })
  test('a closing marks who was never called', () => {
    expect(ahead(room([running(1_000), slot(2)]), [queued({ kind: 'act', act: { act: 'close' } })]).slots.map((s) => s.state)).toEqual(['spoken', 'absent'])
  })
  test('waits for the network and the server, not for a refusal', () => {
    expect([waits({ status: 0, code: 'offline' }), waits({ status: 503, code: 'internal' }), waits({ status: 401, code: 'unauthorized' })]).toEqual([true, true, true])
    expect([waits({ status: 409, code: 'conflict' }), waits({ status: 422, code: 'invalid' })]).toEqual([false, false])
  })
  test('a unit moves by a place, and not off the end', () => {
    const r = room([slot(1), slot(2), slot(3)])
    expect(moved(r, 3, -1)).toEqual([1, 3, 2])
    expect(moved(r, 1, -1)).toBeUndefined()
  })
})

describe('the chips', () => {
  const today = '2026-11-26'
  const view = (more: Partial<LineView> = {}): LineView => ({ kind: 'decision', text: '建成3所', parties: [], due: '2026-12-20', due_said: '12月20日前', by_rule: false, measures: ['3所'], findings: [], ask: '', ...more })
  const party = (name: string, unit: number, more = {}) => ({ role: 'lead' as const, name, unit, all: false, suggested: [], ...more })

  test('an unknown unit and a day gone by are seen before Enter, and mended', () => {
    const read = view({ parties: [party('市数字局', 0)], due: '2026-11-01' })
    expect(chipsOf(read, untouched(), undefined, today)).toMatchObject({ unknown: ['市数字局'], past: true })
    const m = { ...untouched(), units: { 市数字局: { id: 5, name: '市数据局' } }, due: '2026-12-01' }
    const c = chipsOf(read, m, undefined, today)
    expect(c).toMatchObject({ unknown: [], past: false, byRule: false })
    expect(draftOf(' 市数字局建成3所 ', c, m, 9, [])).toEqual({ kind: 'decision', text: '市数字局建成3所', unit: 9, due: '2026-12-01', parties: [{ role: 'lead', units: [5] }] })
  })
  test('what keeps a line from being recorded names the chip that mends it', () => {
    const bars = (read: LineView, m = untouched(), text = 'x') => barsOf(text, chipsOf(read, m, undefined, today)).map((b) => [b.chip, b.key])
    expect(bars(view({ parties: [party('市数字局', 0)], due: '2026-11-01' }))).toEqual([['unit', 'room.unknown'], ['due', 'room.past_day']])
    expect(bars(view())).toEqual([['add', 'adopt.no_lead']])
    expect(bars(view({ parties: [party('市财政局', 4, { role: 'support' })] }))).toEqual([['add', 'adopt.no_lead']])
    expect(bars(view(), { ...untouched(), added: [{ role: 'lead', id: 4, name: '市财政局' }] })).toEqual([])
    expect([bars(view(), { ...untouched(), leader: true }), bars(view({ kind: 'commendation' }))]).toEqual([[], []])
    expect(bars(view({ kind: 'note' }), untouched(), '长'.repeat(2001))).toEqual([['', 'stocktake.long_line']])
    expect(barsOf('未读', chipsOf(undefined, untouched(), undefined, today))).toEqual([]) // unread: the server judges
  })
  test('nothing is said of units that were read right: the server reads them itself', () => {
    const read = view({ parties: [party('市教育局', 3)] })
    expect(draftOf('x', chipsOf(read, untouched(), undefined, today), untouched(), 0, []).parties).toBeUndefined()
  })
  test('agreed in principle has no kind until somebody says it', () => {
    const read = view({ kind: 'principle', ask: 'principle' })
    expect(chipsOf(read, untouched(), undefined, today)).toMatchObject({ kind: '', ask: true })
    expect(chipsOf(read, { ...untouched(), kind: 'decision' }, undefined, today)).toMatchObject({ kind: 'decision', ask: false })
  })
  test('who speaks leads what it promises; a promise of the chair’s own has no unit', () => {
    const read = view({ kind: 'commitment' })
    expect(chipsOf(read, untouched(), { unit: 4, name: '市交通局' }, today).parties.map((p) => p.unit)).toEqual([4])
    expect(chipsOf(read, { ...untouched(), leader: true }, { unit: 4, name: '市交通局' }, today)).toMatchObject({ kind: 'commitment', parties: [] })
  })
  test('a promise of the statement is put into the line as the unit’s own, until it is on the record', () => {
    const at = slot(4, { name: '市交通局' })
    const stated = { status: 'passed', promises: [{ text: '建成充电站4座', due: '2026-12-20' }] } as Statement
    const item = (more: Partial<ItemView>) => ({ text: '建成充电站4座', leads: [4], ...more }) as ItemView
    const of = (items: ItemView[], status = 'passed') => pledges({ ...stated, status } as Statement, { items } as Room, at).map((p) => p.taken)
    expect([of([]), of([item({})]), of([item({ leads: [5] })]), of([item({ struck: '2026-11-26T01:00:00Z' })]), of([], 'sent')]).toEqual([[false], [true], [false], [false], []])
    const { line, mended } = pledged(pledges(stated, { items: [] as ItemView[] } as Room, at)[0]!)
    const chips = chipsOf(view({ parties: [party('市交通局', 4)] }), mended, undefined, today)
    expect(draftOf(line.text, chips, mended, 4, [])).toEqual({ kind: 'commitment', text: '建成充电站4座', unit: 4, due: '2026-12-20', parties: [{ role: 'lead', units: [4] }] })
  })
  test('everybody, once a unit was added, is everybody who reports', () => {
    const read = view({ parties: [party('各单位', 0, { role: 'several', all: true })] })
    const m = { ...untouched(), added: [{ role: 'support' as const, id: 8, name: '市财政局' }] }
    expect(draftOf('x', chipsOf(read, m, undefined, today), m, 0, [1, 2]).parties).toEqual([{ role: 'several', units: [1, 2] }, { role: 'support', units: [8] }])
  })
  test('unread, a line has no kind of its own: it is read on its way', () => {
    expect(draftOf('x', chipsOf(undefined, untouched(), undefined, today), untouched(), 0, []).kind).toBe('')
  })
})
