import type { Typed } from './model'

/** What a browser keeps of a report until the server has it. */
export interface Copy {
  matter: number
  unit: number
  typed: Typed
  version: number
  at: string
  /** What was last sent without an answer: the server may have it all the same. */
  sent?: Typed
  /** Set when it was to be filed while the server was away: the key under which it counts once. */
  file?: string
}

const prefix = (person: number, matter: number, unit: number | '') => `docket.report.${person}.${matter}.${unit}`

/** This tab's own name, the same after a reload. */
function tab(): string {
  let name = sessionStorage.getItem('docket.tab')
  if (!name) sessionStorage.setItem('docket.tab', (name = Math.random().toString(36).slice(2)))
  return name
}

/** Keeps a copy for this tab; a full or forbidden store keeps nothing, and the server still will. */
export function keepCopy(person: number, c: Copy): void {
  try {
    localStorage.setItem(`${prefix(person, c.matter, c.unit)}.${tab()}`, JSON.stringify(c))
  } catch {
    // nothing to be done: typing goes on, saving to the server too
  }
}

/** Forgets this tab's copy: the server has it. */
export function dropCopy(person: number, matter: number, unit: number): void {
  localStorage.removeItem(`${prefix(person, matter, unit)}.${tab()}`)
}

/** The copy to go on with: this tab's own, else the newest another tab left behind,
 *  which is moved here. */
export function findCopy(person: number, matter: number, unit: number): Copy | undefined {
  const own = `${prefix(person, matter, unit)}.${tab()}`
  const found = keys(`${prefix(person, matter, unit)}.`).flatMap((key) => {
    const copy = read(key)
    return copy ? [{ key, copy }] : []
  })
  found.sort((a, b) => Number(b.key === own) - Number(a.key === own) || b.copy.at.localeCompare(a.copy.at))
  const first = found[0]
  if (first && first.key !== own) {
    localStorage.removeItem(first.key)
    keepCopy(person, first.copy)
  }
  return first?.copy
}

/** Copies of a matter that were to be filed while the server was away. */
export function waitingCopies(person: number, matter: number): { key: string; copy: Copy }[] {
  return keys(`${prefix(person, matter, '')}`).flatMap((key) => {
    const copy = read(key)
    return copy?.file ? [{ key, copy }] : []
  })
}

function keys(start: string): string[] {
  return Array.from({ length: localStorage.length }, (_, i) => localStorage.key(i) ?? '').filter((k) => k.startsWith(start))
}

function read(key: string): Copy | undefined {
  try {
    const c = JSON.parse(localStorage.getItem(key) ?? '') as Copy
    return typeof c.typed?.changed === 'string' && [c.typed.steps, c.typed.evidence, c.typed.figures].every(Array.isArray) ? c : undefined
  } catch {
    return undefined
  }
}
