import type { Assignment, MatterPage, Obligation, Span } from '../../api/types'

/** The roles in the order people read them. */
export const roleOrder = ['leader', 'lead', 'several', 'support', 'guide', 'participate']

/** Assignments by role, in reading order. */
export function byRole(all: Assignment[]): { role: string; who: Assignment[] }[] {
  return roleOrder.map((role) => ({ role, who: all.filter((a) => a.role === role) })).filter((g) => g.who.length > 0)
}

/** A text cut into what stands before, in and after a span; a span that does not fit marks nothing. */
export function cut(text: string, span: Span): [string, string, string] {
  if (span.start < 0 || span.end > text.length || span.start >= span.end) return [text, '', '']
  return [text.slice(0, span.start), text.slice(span.start, span.end), text.slice(span.end)]
}

/** Acknowledgements still owed by units the reader may act for. */
export function toAcknowledge(page: MatterPage): Obligation[] {
  if (!page.may.includes('acknowledge')) return []
  const mine = page.file_for.map((u) => u.id)
  return page.obligations.filter((o) => o.kind === 'acknowledge' && !met(o) && mine.includes(o.unit))
}

/** Whether an obligation has been met. */
export function met(o: Obligation): boolean {
  return !!o.met
}
