import { describe, expect, it } from 'vitest'
import { Problem } from '../../api/problem'
import type { Freezing, ItemView, Landing, MinutesPara, PersonRow, StatementHead, Stocktake, Unit } from '../../api/types'
import { blankPlan, byKind, decided, filed, han, landingWords, mergeTyped, moved, nextOf, numbers, ordered, paperOf, passed, planBody, portfolio, promiseFaults, speakingSeconds, spent, stateOf, statementBody, toTheEnd, withUnits } from './model'

const unit = (id: number, parent: number, ended = false) => ({ id, parent, name: `u${id}`, ended }) as Unit
const slot = (n: number, minutes = 10) => ({ unit: n, name: `u${n}`, minutes })

describe('planning', () => {
  it('starts two weeks ahead, over the turn of a year', () => {
    expect(blankPlan('2026-12-25').on).toBe('2027-01-08')
  })

  it('moves a unit only within the list', () => {
    expect([moved([1, 2, 3], 0, 1), moved([1, 2, 3], 0, -1), moved([1, 2, 3], 2, 1)]).toEqual([[2, 1, 3], [1, 2, 3], [1, 2, 3]])
  })

  it('adds standing units once', () => {
    expect(withUnits([slot(1)], [unit(1, 0), unit(2, 0), unit(3, 0, true)]).map((x) => x.unit)).toEqual([1, 2])
  })

  it('takes a proposed order, keeping minutes and whoever was not named', () => {
    const out = ordered([slot(1, 5), slot(2, 20), slot(3)], [{ unit: 2, why: { key: 'k' } }, { unit: 1 }, { unit: 9 }])
    expect(out.map((x) => [x.unit, x.minutes, x.why?.key])).toEqual([[2, 20, 'k'], [1, 5, undefined], [3, 10, undefined]])
  })

  it('takes the units below a leader’s own posts that are held', () => {
    const post = (u: number, more = {}) => ({ role: 'leader', unit: u, from: '2026-01-01', to: '', ...more })
    const person = (...posts: object[]) => ({ posts }) as unknown as PersonRow
    const units = [unit(1, 0), unit(2, 1), unit(3, 1, true), unit(4, 2)]
    expect(portfolio(person(post(1)), units, '2026-05-01').map((u) => u.id)).toEqual([2])
    expect(portfolio(person(post(4)), units, '2026-05-01').map((u) => u.id)).toEqual([4])
    expect(portfolio(person(post(1, { to: '2026-04-30' }), post(2, { for: 7 })), units, '2026-05-01')).toEqual([])
  })

  it('sends known topics by their key and own ones in words, blank ones not at all', () => {
    const p = blankPlan('2026-05-01')
    const topic = { unit: 0, kind: 'own', no: '' }
    p.topics = [{ ...topic, key: 'k', text: 'x' }, { ...topic, key: '', text: ' new ' }, { ...topic, key: '', text: ' ' }]
    expect(planBody(p).topics).toEqual([{ key: 'k' }, { text: 'new', unit: 0 }])
  })

  it('plans the next of a series with the same units, their minutes as planned and no topics', () => {
    const s = { id: 4, kind: 'quarterly', title: 'Q', on: '2026-01-01', begins: '09:00', place: '', convener: 1, standin: 0, scope: { directives: [], field: '' }, days_before: 2, previous: 0, slots: [{ ...slot(1), why: { key: 'k' } }, { ...slot(2, 4), planned: 8 }], topics: [{ key: 'a' }] } as unknown as Stocktake
    const p = nextOf(s, '2026-05-01')
    expect([p.previous, p.on, p.slots, p.topics]).toEqual([4, '2026-05-15', [slot(1), slot(2, 8)], []])
  })
})

describe('what became of a meeting', () => {
  const landing = (more: Partial<Landing>): Landing => ({ acts: 0, landed: 0, kept: 0, kept_late: 0, broken: 0, open: 0, ...more })
  it('is said in words', () => {
    expect(landingWords(landing({ acts: 12, landed: 4, broken: 1 }), true).map((w) => w.key)).toEqual(['meet.landed', 'meet.broken'])
    const late = landingWords(landing({ acts: 9, landed: 5, kept: 3, kept_late: 2, broken: 3, open: 1 }), true)
    expect(late).toEqual([{ key: 'meet.landed_late', args: { n: 5, of: 9, late: 2 } }, { key: 'meet.broken', args: { n: 3 } }, { key: 'meet.open', args: { n: 1 } }])
    expect([landingWords(landing({}), true)[0]!.key, landingWords(landing({}), false)[0]!.key]).toEqual(['meet.no_matters', 'meet.none_yet'])
  })

  it('counts of a kind the lines that stand, and shows those struck', () => {
    const line = (kind: string, gone = false) => ({ kind, struck: gone ? '2026-05-01T09:00:00Z' : '0001-01-01T00:00:00Z' }) as ItemView
    const items = [line('note'), line('decision'), line('decision', true)]
    expect(byKind(items).map((g) => [g.kind, g.items.length, g.standing])).toEqual([['decision', 2, 1], ['note', 1, 1]])
    expect([decided(items), decided([line('note'), line('decision', true)])]).toEqual([true, false])
  })

  it('counts as filed only what no leader still has', () => {
    const s = { statements: ['filed', 'passed', 'passed', 'draft'].map((status) => ({ status })) } as unknown as Stocktake
    expect([filed(s), passed(s)]).toEqual([1, 2])
  })

  it('tells late statements from those filed late', () => {
    const s = (status: string, late: boolean) => stateOf({ status, late } as StatementHead)
    expect([s('filed', false), s('filed', true), s('passed', false), s('passed', true), s('draft', true), s('sent', false)]).toEqual(['filed', 'filed_late', 'passed', 'passed_late', 'late', 'sent'])
  })

  it('tells time spoken', () => expect([spent(0), spent(65_400), spent(600_000)]).toEqual(['0:00', '1:05', '10:00']))
})

describe('a statement', () => {
  it('takes as long as the server reckons', () => {
    expect(speakingSeconds('学'.repeat(220))).toBe(60)
    expect(speakingSeconds('word '.repeat(130))).toBe(60)
    expect(speakingSeconds('，。')).toBe(0)
  })

  const said = (study: string, ideas: string) => ({ words: { study, ideas }, promises: [] })
  it('sends only what was written', () => {
    const body = statementBody({ ...said('mine', 'same'), promises: [{ text: ' ', due: '', matter: 0 }] }, said('was', 'same'))
    expect(body).toEqual({ sections: { study: 'mine' }, promises: [] })
  })

  it('says at the promise meant what the server found wrong', () => {
    const fault = (key: string, args?: Record<string, string>) => ({ field: 'promises', key, args, message: key })
    const p = (text: string, due: string) => ({ text, due, matter: 0 })
    const found = [fault('statement.no_day', { text: 'a' }), fault('field.too_long', { max: '500' })]
    const told = (x: ReturnType<typeof p>) => promiseFaults(x, found, '2026-05-01')
    expect([told(p('a', '')), told(p('a', '2026-04-30'))]).toEqual(Array(2).fill({ words: '', day: 'statement.no_day' }))
    expect([told(p('a', '2026-05-01')), told(p('b', ''))]).toEqual(Array(2).fill({ words: '', day: '' })) // mended, or not meant
    expect(told(p('长'.repeat(501), '2026-05-01')).words).toBe('field.too_long')
  })

  it('joins two hands in different parts and asks where both wrote', () => {
    const base = said('a', 'b')
    expect(mergeTyped(base, said('mine', 'b'), said('a', 'theirs'))).toEqual({ value: said('mine', 'theirs'), clash: false })
    expect(mergeTyped(base, said('mine', 'b'), said('theirs', 'b'))).toEqual({ value: said('mine', 'b'), clash: true })
    expect(mergeTyped(base, said('same', 'b'), said('same', 'b')).clash).toBe(false)
  })
})

describe('minutes', () => {
  it('number their headings as the language does', () => {
    const body = [1, 0, 2, 2, 1, 2].map((level) => ({ level, text: '', item: 0 }))
    expect(numbers(body, true)).toEqual(['一、', '', '（一）', '（二）', '二、', '（一）'])
    expect(numbers(body, false)).toEqual(['1.', '', '1.1', '1.2', '2.', '2.1'])
    expect([han(10), han(11), han(20), han(35)]).toEqual(['十', '十一', '二十', '三十五'])
  })

  it('are divided by what the lines are, unless the office has headings of its own', () => {
    const lines = [{ id: 1, kind: 'decision' }, { id: 2, kind: 'decision' }, { id: 3, kind: 'note' }] as ItemView[]
    const text = (item: number): MinutesPara => ({ level: 0, text: '', item })
    const told = (body: MinutesPara[]) => paperOf(body, lines, (k) => `[${k}]`).map((p) => (p.level ? p.text : p.n))
    expect(told([text(1), text(2), text(3)])).toEqual(['[decision]', 1, 2, '[note]', 1])
    const own = { level: 1, text: 'own', item: 0 }
    expect(told([own, text(1), text(0), text(3)])).toEqual(['own', 1, 0, 2])
    const intros = (body: MinutesPara[]) => paperOf(body, lines, (k) => `[${k}]`).map((p) => p.intro)
    expect(intros([own, text(1), text(0), text(3)])).toEqual(['', '', '', '[note]'])
    expect(intros([text(1), text(3)]).join('')).toBe('')
  })
})

describe('freezing a pack', () => {
  const at = (done: number, running = true): Freezing => ({ running, done, of: 3 })
  const frozen: Freezing = { ...at(3, false), pack: { no: 1, at: '2026-03-02T09:00:00Z', seal: 'a' } }
  const list = (...answers: (Freezing | Problem)[]) => () => {
    const next = answers.shift()!
    return next instanceof Problem ? Promise.reject(next) : Promise.resolve(next)
  }
  const offline = new Problem(0, 'offline', '')

  it('is followed step by step to its end, through a network that is away', async () => {
    const seen: number[] = []
    let waited = 0
    const end = await toTheEnd(list(at(0)), list(at(1), offline, offline, at(2), frozen), (f) => (seen.push(f.done), true), async () => void waited++)
    expect([end, seen, waited]).toEqual([frozen, [0, 1, 1, 1, 2], 2])
  })

  it('shows nothing of what is done at once', async () => {
    expect(await toTheEnd(list(frozen), list(), () => expect.fail(), () => expect.fail())).toBe(frozen)
  })

  it('stops when nobody looks, and says how it failed', async () => {
    expect(await toTheEnd(list(at(0)), list(), () => false, () => expect.fail())).toBeUndefined()
    await expect(toTheEnd(list(at(0)), list(new Problem(503, 'unavailable', 'full')), () => true, () => expect.fail())).rejects.toThrow('full')
    await expect(toTheEnd(list(offline), list(), () => true, () => expect.fail())).rejects.toBe(offline)
  })
})
