import type { UnitDetail } from '../../api/types'

/** One line of a unit's past: what it was called, and since when. */
export interface Era {
  from: string
  to: string
  name: string
  parent: number
}

/** A unit's versions as stretches of time, newest first; the last day of one is the eve of the next. */
export function eras(u: Pick<UnitDetail, 'versions' | 'to'>): Era[] {
  return u.versions
    .map((v, i) => ({ from: v.from, to: i + 1 < u.versions.length ? eve(u.versions[i + 1]!.from) : u.to, name: v.name, parent: v.parent }))
    .reverse()
}

/** The day before. */
export function eve(iso: string): string {
  if (!iso) return ''
  const d = new Date(iso + 'T00:00:00Z')
  d.setUTCDate(d.getUTCDate() - 1)
  return d.toISOString().slice(0, 10)
}

/** Aliases from a box with one a line; 、 and commas part them too. */
export function aliasList(text: string): string[] {
  return [...new Set(text.split(/[\n、,，;；]/).map((x) => x.trim()).filter(Boolean))]
}

/** The parts of a split from a box: name, and a code after a space or tab. */
export function shares(text: string): { name: string; code: string }[] {
  return text.split('\n').map((l) => l.trim()).filter(Boolean).map((line) => {
    const [, name = line, code = ''] = /^(\S.*?)[\s,，]+([\w-]+)$/.exec(line) ?? []
    return { name, code }
  })
}
