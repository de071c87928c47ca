import { describe, expect, it } from 'vitest'
import type { PersonRow, Post } from '../../api/types'
import { found, held } from './model'

const post = (from: string, to: string): Post => ({ id: 1, person: 1, role: 'office', unit: 1, unit_name: '市教育局', from, to })
const person = (name: string, active = true): PersonRow => ({ id: 1, login: name, name, email: '', lang: 'zh', active, version: 1, posts: [post('', '')], away: [] })

describe('people', () => {
  it('holds a post on its last day and not after', () => {
    expect(held(post('2026-01-01', '2026-03-05'), '2026-03-05')).toBe(true)
    expect(held(post('2026-01-01', '2026-03-05'), '2026-03-06')).toBe(false)
  })
  it('finds people by their unit, those gone last', () => {
    expect(found([person('b', false), person('a')], '教育').map((p) => p.name)).toEqual(['a', 'b'])
  })
})
