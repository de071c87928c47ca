import { beforeAll, describe, expect, it } from 'vitest'
import type { Moved } from '../../api/types'
import { bodyOf, moved, refusals } from './bulk'

beforeAll(() => {
  Object.defineProperty(globalThis, 'localStorage', { value: { getItem: () => null, setItem: () => {} } })
})

const problem = (message: string) => ({ type: 'about:blank', title: '', status: 422, code: 'invalid', detail: message, key: 'none.such' }) as Moved['problem']
const row = (matter: number, reason?: string): Moved => ({ matter, no: String(matter), title: '', ...(reason ? { problem: problem(reason) } : {}) })

describe('many matters at once', () => {
  it('sends only what the verb asks for', () => {
    const deed = { words: '加快', due: '2026-10-10', look_on: '', condition: '', assignments: [{ role: 'lead' as const, unit: 4 }] }
    expect(bodyOf('chase', deed)).toEqual({ words: '加快', due: '2026-10-10' })
    expect(bodyOf('reassign', deed)).toEqual({ words: '加快', assignments: deed.assignments })
    expect(bodyOf('park', deed)).toEqual({ words: '加快' })
  })

  it('puts refusals of one reason together, the most frequent first', () => {
    const all = [row(1), row(2, 'not late'), row(3, 'parked'), row(4, 'not late')]
    expect(moved(all).map((m) => m.matter)).toEqual([1])
    expect(refusals(all).map((r) => [r.reason, r.matters.map((m) => m.matter)])).toEqual([['not late', [2, 4]], ['parked', [3]]])
  })
})
