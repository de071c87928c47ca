import { describe, expect, it } from 'vitest'
import type { MatterPage } from '../../api/types'
import { blank, bodyOf, checklist, faults, localHour, placeWords, waits, type Form } from './model'
import type { Shot } from './photo'

const form = (part: Partial<Form>): Form => ({ outcome: 'true', lines: [{ text: '修桥', ok: true, note: '' }], words: '', place: '', seen: '2026-10-12T09:30', photos: [], where: false, ...part })

describe('the form on the spot', () => {
  it('asks about the requirement, its measures and every step, each once', () => {
    const page = { matter: { requirement: '修桥 20 座', measures: [{ words: '20 座' }], milestones: [{ title: '开工' }, { title: '开工' }, { title: ' ' }] } } as unknown as MatterPage
    expect(checklist(page)).toEqual(['修桥 20 座', '20 座', '开工'])
  })

  it('is filed only when it says what was seen', () => {
    expect(faults(blank(['修桥'], new Date()))).toEqual(['verify.no_outcome', 'verify.open_lines'])
    expect(faults(form({ outcome: 'untrue' }))).toEqual(['verify.no_words'])
    expect(faults(form({ lines: [{ text: '修桥', ok: false, note: '' }] }))).toEqual(['verify.unexplained'])
    expect(faults(form({ seen: '' }))).toEqual(['verify.no_time'])
    expect(faults(form({}))).toEqual([])
  })

  it('keeps the hour on the spot and its own key, and leaves empty notes out', () => {
    const body = bodyOf(form({ words: ' 已通车 ', lines: [{ text: '修桥', ok: true, note: ' ' }, { text: '绿化', ok: false, note: '未种' }] }), 'k1')
    expect(body).toEqual({ outcome: 'true', words: '已通车', place: '', key: 'k1', photos: [], seen_at: new Date(2026, 9, 12, 9, 30).toISOString(), checks: [{ text: '修桥', ok: true }, { text: '绿化', ok: false, note: '未种' }] })
    expect(localHour(new Date(2026, 0, 2, 3, 4))).toBe('2026-01-02T03:04')
  })

  it('names its photos by their hash, with what is known of each', () => {
    const chosen: Shot = { key: 'p1', name: 'a.jpg', size: 9, sha256: 'aa', thumb: 'data:', source: 'album', time_by: '', where_by: '' }
    const taken: Shot = { ...chosen, sha256: 'bb', source: 'camera', taken_at: '2026-10-12T01:30:00.000Z', time_by: 'phone', where: { lat: 1, lon: 2, accuracy: 3 }, where_by: 'phone' }
    expect(bodyOf(form({ photos: [chosen, taken] }), 'k1').photos).toEqual([
      { sha256: 'aa', source: 'album', time_by: '', where_by: '' },
      { sha256: 'bb', source: 'camera', taken_at: '2026-10-12T01:30:00.000Z', time_by: 'phone', where: { lat: 1, lon: 2, accuracy: 3 }, where_by: 'phone' },
    ])
  })

  it('waits for what passes, and tells what does not', () => {
    const p = { status: 422, code: 'invalid', key: '' }
    for (const x of [{ status: 0, code: 'offline' }, { status: 503 }, { status: 401 }, { status: 429 }, { status: 409, key: 'verification.photos_missing' }, { status: 413, key: 'evidence.too_many_uploads' }]) expect(waits({ ...p, ...x })).toBe(true)
    for (const x of [{}, { status: 409, key: 'verification.nothing' }, { status: 0, code: 'lost' }, { key: 'verification.photos' }]) expect(waits({ ...p, ...x })).toBe(false)
  })

  it('says how sure a place is', () => {
    expect(placeWords(31.230416, 121.473701, 12.2)).toBe('31.23042, 121.47370 (±13 m)')
  })
})
