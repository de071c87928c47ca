import type { Exif } from './exif'

/** A place on the earth, with how sure it is in metres (0: not known). */
export interface Spot {
  lat: number
  lon: number
  accuracy: number
}

/** A photo of a form. Its bytes stand beside, under its key. */
export interface Shot {
  key: string
  name: string
  size: number
  sha256: string
  /** A small picture of it, as an address the page may show. */
  thumb: string
  source: 'camera' | 'album'
  taken_at?: string
  time_by: '' | 'phone' | 'picture'
  where?: Spot
  where_by: '' | 'phone' | 'picture'
}

/** Most photos of a form. */
export const maxPhotos = 10

/** Longest edge in pixels of what is filed, and of what the form shows. */
export const filedEdge = 2560
export const thumbEdge = 320

const fresh = 10 * 60_000 // a picture older than this was not taken just now
const hour = 3_600_000

/** What may be said of a picture that comes in now. Some browsers let an old picture be
 *  chosen where a new one was asked for: its own time tells, and then it is a chosen one.
 *  Of a chosen one only the picture itself tells time and place. */
export function told(asked: Shot['source'], now: Date, modified: number, exif: Exif, place: boolean): Pick<Shot, 'source' | 'taken_at' | 'time_by' | 'where' | 'where_by'> {
  const own = exif.taken && exif.taken.getTime() <= now.getTime() + hour ? exif.taken : undefined
  if (asked === 'camera' && Math.abs(now.getTime() - (own?.getTime() ?? modified)) <= fresh) return { source: 'camera', taken_at: now.toISOString(), time_by: 'phone', where_by: '' }
  return {
    source: 'album',
    ...(own ? { taken_at: own.toISOString(), time_by: 'picture' as const } : { time_by: '' as const }),
    ...(place && exif.where ? { where: exif.where, where_by: 'picture' as const } : { where_by: '' as const }),
  }
}

/** Whether it was taken so long before or after the visit that readers are told. */
export function apart(s: Pick<Shot, 'taken_at'>, seen: string): boolean {
  return !!s.taken_at && Math.abs(new Date(s.taken_at).getTime() - new Date(seen).getTime()) > 24 * hour
}

/** Width and height with a longest edge; what is smaller stays. */
export function fit(width: number, height: number, edge: number): [number, number] {
  const by = Math.min(1, edge / Math.max(width, height))
  return [Math.max(1, Math.round(width * by)), Math.max(1, Math.round(height * by))]
}

/** What a photo is called: by its time, or as it was chosen; it is a JPEG from here on. */
export function nameOf(source: Shot['source'], name: string, now: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  if (source === 'camera') return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())} ${two(now.getHours())}.${two(now.getMinutes())}.${two(now.getSeconds())}.jpg`
  return `${name.replace(/\.[^.]*$/, '').slice(0, 180) || 'photo'}.jpg`
}

/** A photo as the form names it. */
export function photoBody(s: Shot): Omit<Shot, 'key' | 'name' | 'size' | 'thumb'> {
  const { sha256, source, taken_at, time_by, where, where_by } = s
  return { sha256, source, time_by, where_by, ...(taken_at ? { taken_at } : {}), ...(where ? { where } : {}) }
}
