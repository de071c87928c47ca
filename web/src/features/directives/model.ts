import type { Problem } from '../../api/problem'
import type { DirectiveSummary, Imported } from '../../api/types'

/** One file on its way in. */
export interface Arrival {
  id: number
  name: string
  size: number
  share: number
  state: 'sending' | 'reading' | 'read' | 'refused'
  result?: Imported
  problem?: Problem
}

/** The formats the reader takes, for the file picker. */
export const accept = '.docx,.pdf,.xlsx,.csv,.md,.html,.htm,.txt'

/** Splits the list into those still being corrected and those adopted. */
export function byStatus(all: DirectiveSummary[]): { reading: DirectiveSummary[]; adopted: DirectiveSummary[] } {
  return { reading: all.filter((d) => d.status === 'reading'), adopted: all.filter((d) => d.status !== 'reading') }
}

/** Keeps the directives whose title, number or issuer holds the words. */
export function filtered(all: DirectiveSummary[], words: string): DirectiveSummary[] {
  const w = words.trim().toLowerCase()
  if (!w) return all
  return all.filter((d) => [d.title, d.number, d.issuer, d.owner_name].some((x) => x?.toLowerCase().includes(w)))
}

/** Where an arrival stands after part of it was sent: all sent means it is being read. */
export function sent(a: Arrival, share: number): Arrival {
  return { ...a, share, state: share >= 1 ? 'reading' : 'sending' }
}
