import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../api/types'
import { badge, coordinates, fromLocal, hex, loose, patience, share, toLocal, verdict } from './model'

describe('a piece that failed', () => {
  const p = (status: number, code: string, key = '', args = {}) => ({ status, code, key, args })
  it('goes on where the server stands', () => expect(verdict(p(409, 'conflict', 'evidence.offset', { offset: '42' }))).toEqual({ go: 'on', offset: 42 }))
  it('waits for the network, a restart, a busy proxy', () => {
    for (const x of [p(0, 'offline'), p(502, 'internal'), p(503, 'unavailable'), p(429, 'rate_limited'), p(409, 'conflict', 'store.changed')]) expect(verdict(x)).toEqual({ go: 'wait' })
  })
  it('gives up on a refusal', () => {
    for (const x of [p(422, 'classified'), p(413, 'too_large'), p(404, 'not_found'), p(403, 'forbidden')]) expect(verdict(x)).toEqual({ go: 'away' })
  })
})

it('waits longer each time, but never long', () => expect([0, 1, 2, 10].map(patience)).toEqual([1000, 2000, 4000, 30_000]))
it('tells the share', () => expect([share({ sent: 1, size: 4 }), share({ sent: 9, size: 4 }), share({ sent: 0, size: 0 })]).toEqual([0.25, 1, 0]))
it('names a kind of file', () => expect(['现场.jpg', '方案', 'a.longextension', '.hidden'].map(badge)).toEqual(['JPG', '', '', '']))
it('keeps to the unit and to what no report carries', () => {
  const e = (id: number, unit: number, report: number) => ({ id, unit, report }) as Evidence
  expect(loose([e(1, 5, 0), e(2, 5, 7), e(3, 6, 0)], 5).map((x) => x.id)).toEqual([1])
})
it('writes places and instants', () => {
  expect(coordinates(30.2741234, 120.155)).toBe('30.27412,120.15500')
  expect(fromLocal(toLocal('2026-03-05T01:02:00.000Z'))).toBe('2026-03-05T01:02:00.000Z')
  expect([toLocal(undefined), fromLocal('')]).toEqual(['', undefined])
})
it('writes a hash', () => expect(hex(new Uint8Array([0, 255, 16]).buffer)).toBe('00ff10'))
