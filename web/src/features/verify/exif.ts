import type { Spot } from './photo'

/** When and where a camera says it took a picture. */
export interface Exif {
  taken?: Date
  where?: Spot
}

/** Reads time and place from the Exif block of a JPEG; what is not there or not sound is left out. */
export function readExif(bytes: Uint8Array): Exif {
  try {
    const block = exifBlock(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    return block ? said(block) : {}
  } catch (e) {
    if (e instanceof RangeError) return {} // it points outside of itself
    throw e
  }
}

function exifBlock(v: DataView): DataView | undefined {
  if (v.getUint16(0) !== 0xffd8) return
  for (let at = 2; at + 10 <= v.byteLength; ) {
    const marker = v.getUint16(at)
    const size = v.getUint16(at + 2)
    if (marker >> 8 !== 0xff || marker === 0xffda || size < 2) return // no segment, or the picture itself
    if (marker === 0xffe1 && v.getUint32(at + 4) === 0x45786966) return new DataView(v.buffer, v.byteOffset + at + 10, size - 8)
    at += 2 + size
  }
  return
}

interface Field {
  count: number
  at: number // where its value stands
}

const sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8] // bytes of a value, by type

function said(v: DataView): Exif {
  const little = v.getUint16(0) === 0x4949

  function directory(at: number): Map<number, Field> {
    const out = new Map<number, Field>()
    for (let n = v.getUint16(at, little), e = at + 2; n > 0; n--, e += 12) {
      const count = v.getUint32(e + 4, little)
      const inside = (sizes[v.getUint16(e + 2, little)] ?? 0) * count <= 4
      out.set(v.getUint16(e, little), { count, at: inside ? e + 8 : v.getUint32(e + 8, little) })
    }
    return out
  }
  const below = (f: Field | undefined) => (f ? directory(v.getUint32(f.at, little)) : new Map<number, Field>())
  const text = (f: Field | undefined) => (f ? String.fromCharCode(...Array.from({ length: Math.min(f.count, 40) }, (_, i) => v.getUint8(f.at + i))).replace(/\0.*$/, '') : '')
  const ratio = (at: number) => v.getUint32(at, little) / v.getUint32(at + 4, little)
  const degrees = (f: Field | undefined) => (f?.count === 3 ? ratio(f.at) + ratio(f.at + 8) / 60 + ratio(f.at + 16) / 3600 : NaN)

  const first = directory(v.getUint32(4, little))
  const photo = below(first.get(0x8769))
  const gps = below(first.get(0x8825))
  const taken = instantOf(text(photo.get(0x9003)), text(photo.get(0x9011)))
  const lat = degrees(gps.get(2)) * (text(gps.get(1)) === 'S' ? -1 : 1)
  const lon = degrees(gps.get(4)) * (text(gps.get(3)) === 'W' ? -1 : 1)
  const error = gps.get(0x1f)
  const accuracy = error ? ratio(error.at) : 0
  const sound = Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && (lat !== 0 || lon !== 0)
  return { ...(taken && { taken }), ...(sound && { where: { lat, lon, accuracy: accuracy > 0 && accuracy <= 1e6 ? accuracy : 0 } }) }
}

/** "2026:03:05 09:30:00" at "+08:00", or by the phone's own zone where the camera names none. */
function instantOf(written: string, zone: string): Date | undefined {
  const m = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(written)
  if (!m) return
  const at = new Date(`${m[1]}-${m[2]}-${m[3]}T${m[4]}${/^[+-]\d\d:\d\d$/.test(zone) ? zone : ''}`)
  return Number.isNaN(at.getTime()) ? undefined : at
}
