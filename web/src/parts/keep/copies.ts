// What this browser keeps of texts until the server has them. A text has a copy for
// each tab: two windows do not write over each other.
import { fits } from './merge'

/** A text as it was last typed. */
export interface Copy<T> {
  typed: T
  /** What the server had when this was begun, and its version. */
  base: T
  version: number
  at: string
  /** What was last sent without an answer: the server may have it all the same. */
  sent?: T
  /** Set when it was to be finished while the server was away: the key under which that counts once. */
  finish?: string
}

const start = (person: number, place: string) => `docket.${person}.${place}.`

/** This tab's own name, the same after a reload. */
function tab(): string {
  let name = sessionStorage.getItem('docket.tab')
  if (!name) sessionStorage.setItem('docket.tab', (name = Math.random().toString(36).slice(2)))
  return name
}

/** Keeps a copy for this tab. */
export function keepCopy<T>(person: number, place: string, copy: Copy<T>): void {
  keep(start(person, place) + tab(), copy)
}

/** Forgets this tab's copy: the server has it. */
export function dropCopy(person: number, place: string): void {
  drop(start(person, place) + tab())
}

/** The copy to go on with: this tab's own, else the newest another tab left behind,
 *  which is moved here. */
export function findCopy<T extends object>(person: number, place: string, pattern: T): Copy<T> | undefined {
  const own = start(person, place) + tab()
  const found = copiesBelow<T>(person, place).filter(({ copy }) => fits(copy.typed, pattern) && fits(copy.base, pattern))
  found.sort((a, b) => Number(b.key === own) - Number(a.key === own) || b.copy.at.localeCompare(a.copy.at))
  const first = found[0]
  if (first && first.key !== own) {
    drop(first.key)
    keep(own, first.copy)
  }
  return first?.copy
}

/** Every copy of the texts whose places begin so. */
export function copiesBelow<T>(person: number, place: string): { key: string; copy: Copy<T> }[] {
  const keys = Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i) ?? '')
  return keys.filter((k) => k.startsWith(start(person, place))).flatMap((key) => {
    const copy = read<Copy<T>>(key)
    return copy ? [{ key, copy }] : []
  })
}

/** Keeps plain data in this browser; a full or forbidden store keeps nothing, and typing goes on. */
export function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // nothing to be done: the server still gets it
  }
}

/** What is kept under a key; undefined for nothing, or what no longer reads. */
export function read<T>(key: string): T | undefined {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? 'null') as T | null) ?? undefined
  } catch {
    return undefined
  }
}

export const drop = (key: string): void => localStorage.removeItem(key)
