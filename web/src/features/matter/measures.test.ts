import { describe, expect, it } from 'vitest'
import { blank, bodyOf } from './measures'

describe('bodyOf', () => {
  const d = { ...blank('2026-01-01'), name: '学位', target: '1,000', due: '2026-12-31' }
  it('reads points, one a line', () => {
    expect(bodyOf({ ...d, path: '2026-06-01 400\n\n2026-09-01，700' }).body?.path).toEqual([{ day: '2026-06-01', value: 400 }, { day: '2026-09-01', value: 700 }])
  })
  it('reads numbers as people type them', () => expect(bodyOf(d).body?.target).toBe(1000))
  it('names the field and line that cannot be read', () => {
    expect([bodyOf({ ...d, target: '' }).bad, bodyOf({ ...d, path: '2026-06-01 4\nJune 4' }).bad]).toEqual(['target', 'path:2'])
  })
  it('lets only a target "at most" be a ceiling', () => expect(bodyOf({ ...d, ceiling: true }).body?.ceiling).toBe(false))
})
