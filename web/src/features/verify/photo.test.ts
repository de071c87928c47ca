import { describe, expect, it } from 'vitest'
import { readExif } from './exif'
import { apart, fit, nameOf, told } from './photo'

/** A JPEG that holds nothing but an Exif block with these fields. */
function jpeg(fields: { photo?: [number, string][]; gps?: [number, string | [number, number][]][] }, little: boolean): Uint8Array {
  const block = new DataView(new ArrayBuffer(400))
  let free = 8
  const u16 = (at: number, n: number) => block.setUint16(at, n, little)
  const u32 = (at: number, n: number) => block.setUint32(at, n, little)
  u16(0, little ? 0x4949 : 0x4d4d)
  u16(2, 42)
  u32(4, 8)
  function directory(entries: [number, string | number | [number, number][]][]): number {
    const start = free
    free += 2 + entries.length * 12 + 4
    u16(start, entries.length)
    entries.forEach(([tag, value], i) => {
      const e = start + 2 + i * 12
      u16(e, tag)
      if (typeof value === 'number') {
        u16(e + 2, 4)
        u32(e + 4, 1)
        u32(e + 8, value)
        return
      }
      const text = typeof value === 'string'
      u16(e + 2, text ? 2 : 5)
      u32(e + 4, text ? value.length + 1 : value.length)
      let at = e + 8
      if (!text || value.length + 1 > 4) {
        u32(e + 8, free)
        at = free
        free += text ? value.length + 1 : value.length * 8
      }
      if (text) [...value].forEach((c, j) => block.setUint8(at + j, c.charCodeAt(0)))
      else value.forEach(([n, d], j) => (u32(at + j * 8, n), u32(at + j * 8 + 4, d)))
    })
    return start
  }
  free = 8 + 2 + 24 + 4
  const photo = directory(fields.photo ?? [])
  const gps = directory(fields.gps ?? [])
  const end = free
  free = 8
  directory([[0x8769, photo], [0x8825, gps]])
  const body = new Uint8Array(block.buffer, 0, end)
  return new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xe1, (end + 8) >> 8, (end + 8) & 255, 0x45, 0x78, 0x69, 0x66, 0, 0, ...body, 0xff, 0xda])
}

const gps: [number, string | [number, number][]][] = [[1, 'S'], [2, [[31, 1], [13, 1], [4950, 100]]], [3, 'E'], [4, [[121, 1], [28, 1], [2532, 100]]], [0x1f, [[125, 10]]]]

describe('what a camera wrote into a picture', () => {
  it('is read in both byte orders', () => {
    for (const little of [true, false]) {
      const got = readExif(jpeg({ photo: [[0x9003, '2026:03:05 09:30:00'], [0x9011, '+08:00']], gps }, little))
      expect(got.taken?.toISOString()).toBe('2026-03-05T01:30:00.000Z')
      expect(got.where?.lat).toBeCloseTo(-31.23042, 5)
      expect(got.where?.lon).toBeCloseTo(121.4737, 5)
      expect(got.where?.accuracy).toBe(12.5)
    }
  })

  it('is the phone’s own hour where the camera names no zone', () => {
    expect(readExif(jpeg({ photo: [[0x9003, '2026:03:05 09:30:00']] }, true))).toEqual({ taken: new Date(2026, 2, 5, 9, 30) })
  })

  it('is nothing where it is not sound, wherever the file is cut', () => {
    expect(readExif(jpeg({ photo: [[0x9003, '    :  :     :  :  ']], gps: [[2, [[0, 0], [0, 0], [0, 0]]], [4, [[1, 1], [0, 1], [0, 1]]]] }, true))).toEqual({})
    expect(readExif(new Uint8Array())).toEqual({})
    expect(readExif(new TextEncoder().encode('<html>no picture at all</html>'))).toEqual({})
    const whole = jpeg({ photo: [[0x9003, '2026:03:05 09:30:00']], gps }, true)
    for (let n = 0; n < whole.length; n++) expect(() => readExif(whole.slice(0, n))).not.toThrow()
    for (let n = 8; n < whole.length; n++) {
      const bent = whole.slice()
      bent[n] = 0xff
      expect(() => readExif(bent)).not.toThrow()
    }
  })
})

describe('what is said of a photo', () => {
  const now = new Date('2026-03-05T01:30:00Z')
  const where = { lat: 31, lon: 121, accuracy: 0 }

  it('just taken: by the phone’s clock', () => {
    const said = { source: 'camera', taken_at: now.toISOString(), time_by: 'phone', where_by: '' }
    expect(told('camera', now, now.getTime() - 5000, {}, true)).toEqual(said)
    expect(told('camera', now, 0, { taken: new Date(now.getTime() - 60_000), where }, true)).toEqual(said)
  })

  it('an old picture given for a new one is a chosen one', () => {
    const taken = new Date('2026-03-01T00:00:00Z')
    expect(told('camera', now, now.getTime(), { taken }, true)).toEqual({ source: 'album', taken_at: taken.toISOString(), time_by: 'picture', where_by: '' })
    expect(told('camera', now, taken.getTime(), {}, true)).toEqual({ source: 'album', time_by: '', where_by: '' })
  })

  it('chosen: only the picture tells, and its place only where that is allowed', () => {
    expect(told('album', now, now.getTime(), { where }, true)).toEqual({ source: 'album', time_by: '', where, where_by: 'picture' })
    expect(told('album', now, now.getTime(), { where }, false)).toEqual({ source: 'album', time_by: '', where_by: '' })
    expect(told('album', now, 0, { taken: new Date('2031-01-01') }, true).time_by).toBe('')
  })

  it('says when it was taken far from the visit', () => {
    expect(apart({ taken_at: '2026-03-03T00:00:00Z' }, '2026-03-05T00:00')).toBe(true)
    expect(apart({ taken_at: new Date(2026, 2, 4, 12).toISOString() }, '2026-03-05T00:00')).toBe(false)
    expect(apart({}, '2026-03-05T00:00')).toBe(false)
  })

  it('is small enough to be sent, and called by its time', () => {
    expect(fit(4000, 3000, 2560)).toEqual([2560, 1920])
    expect(fit(10, 40_000, 2560)).toEqual([1, 2560])
    expect(fit(800, 600, 2560)).toEqual([800, 600])
    expect(nameOf('camera', 'image.jpg', new Date(2026, 2, 5, 9, 3, 7))).toBe('2026-03-05 09.03.07.jpg')
    expect(nameOf('album', 'IMG_1.HEIC', now)).toBe('IMG_1.jpg')
    expect(nameOf('album', '.png', now)).toBe('photo.jpg')
  })
})
