import type { NewFigure } from '../../charts/figures'
import type { Assignment, EntryView, MatterPage, NewAssignment, NextAct, Obligation, PartyRole, Report, ReportKind, RequestKind, RequestView, Span, Unit, UnitRef, Verb } from '../../api/types'

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

/** Something the reader can do on the page, in the order it is offered. */
export type Act =
  | { kind: 'look'; at: string; report: Report }
  | { kind: 'decide'; request: RequestView }
  | { kind: 'close'; note: MatterPage['notes'][number] }
  | { kind: 'move'; verb: Verb; unit: number; unitName: string; of: number; ofName: string }
  | { kind: 'write'; unit: UnitRef; begun: boolean }
  | { kind: 'check'; look: 'claim' | 'look_back' | 'spot' }
  | { kind: 'ask'; what: RequestKind; unit: UnitRef }
  | { kind: 'instruct' }
  | { kind: 'urge' }

/** Moves that carry the matter forward: the first of them is the page's main button. */
const forward: Verb[] = ['acknowledge', 'plan', 'strike_off', 'archive', 'resume', 'restart', 'reopen', 'confirm']
const writable = ['accepted', 'in_progress', 'reopened', 'claimed', 'parked']
const working = ['assigned', 'disputed', 'accepted', 'in_progress', 'claimed', 'reopened']

/** What this reader can do now, first what waits for a word of theirs, then what
 *  carries the matter forward, then all else. Everything in it the server takes. */
export function acts(page: MatterPage, today: string): Act[] {
  const m = page.matter
  const waits: Act[] = [
    ...page.reports.filter((r) => r.may.some((v) => v === 'approve' || v === 'accept')).map((report): Act => ({ kind: 'look', at: `report-${report.id}`, report })),
    ...page.requests.filter((q) => q.may.includes('decide')).map((request): Act => ({ kind: 'decide', request })),
    ...page.notes.filter((n) => n.status === 'answered' && n.may.includes('close')).map((note): Act => ({ kind: 'close', note })),
  ]
  const moves = page.next.filter((n) => n.verb !== 'verify' && n.verb !== 'refute').map(move)
  const first = moves.filter((a) => forward.includes(a.verb))
  const check: Act[] = page.may.includes('verify') ? [{ kind: 'check', look: m.status === 'claimed' ? 'claim' : done(m.status) ? 'look_back' : 'spot' }] : []
  const reply = page.notes.some((n) => n.status === 'open')
  const write = writable.includes(m.status) || (reply && !['draft', 'registered'].includes(m.status))
    ? page.write_for.map((unit): Act => ({ kind: 'write', unit, begun: page.reports.some((r) => r.status === 'draft' && r.unit === unit.id) }))
    : []
  const instruct: Act[] = page.may.includes('instruct') ? [{ kind: 'instruct' }] : []
  const urge: Act[] = page.urge_for.length ? [{ kind: 'urge' }] : []
  const claimed = m.status === 'claimed'
  return [...waits, ...(claimed ? check : []), ...first, ...write, ...instruct, ...urge, ...moves.filter((a) => !forward.includes(a.verb)), ...asks(page, today), ...(claimed ? [] : check)]
}

const done = (status: string) => ['completed', 'struck_off', 'archived'].includes(status)
const move = (n: NextAct) => ({ kind: 'move' as const, verb: n.verb, unit: n.unit, unitName: n.unit_name, of: n.of, ofName: n.of_name })

/** Whether an act deserves to be the main button: others are offered plainly. */
export function leads(a: Act): boolean {
  if (a.kind === 'move') return forward.includes(a.verb)
  return a.kind !== 'ask' && a.kind !== 'instruct' && a.kind !== 'urge' && !(a.kind === 'check' && a.look !== 'claim')
}

/** What a unit may ask for here: not what it asks for already, nor what the reader can do outright. */
function asks(page: MatterPage, today: string): Act[] {
  const m = page.matter
  const can = (what: RequestKind) =>
    what === 'extension' ? m.due >= today && m.due !== '' && ['assigned', 'accepted', 'in_progress', 'reopened'].includes(m.status)
      : working.includes(m.status) && !page.next.some((n) => n.verb === what)
  return page.write_for.flatMap((unit) =>
    (['extension', 'park', 'stop'] as const)
      .filter((what) => can(what) && !page.requests.some((q) => q.status === 'open' && q.kind === what && q.unit === unit.id))
      .map((what): Act => ({ kind: 'ask', what, unit })))
}

/** A field that a move asks for. */
export type Asked = 'words' | 'reason' | 'due' | 'look_on' | 'condition' | 'effect' | 'milestones' | 'assignments'

/** What the law needs for a move, in the order people answer. */
export function asked(verb: Verb): Asked[] {
  switch (verb) {
    case 'plan': return ['milestones']
    case 'reassign': return ['assignments', 'due', 'words']
    case 'return': return ['reason', 'words']
    case 'strike_off': return ['effect', 'words']
    case 'chase': return ['due', 'words']
    case 'park': return ['words', 'condition', 'look_on']
    case 'acknowledge': case 'resume': case 'archive': return []
    default: return ['words']
  }
}

/** Moves made by one press: nothing is asked, and nothing is lost by it. */
export const atOnce: Verb[] = ['acknowledge', 'resume']

/** The matter's parts as they are sent back changed. */
export function asNew(all: Assignment[]): NewAssignment[] {
  return all.map((a) => ({ role: a.role, name: a.name, unit: a.unit || undefined }))
}

/** The parts with a unit added, once for each role. */
export function withUnit(parts: NewAssignment[], role: PartyRole, unit: Unit): NewAssignment[] {
  return parts.some((p) => p.unit === unit.id && p.role === role) ? parts : [...parts, { role, name: unit.name, unit: unit.id }]
}

/** What a unit has typed into its report. */
export interface Typed {
  kind: ReportKind
  changed: string
  problems: string
  help: string
  next: string
  percent: number
  result: Report['result']
  note: number
  steps: Report['steps']
  evidence: number[]
  figures: NewFigure[]
}

/** A report's fields as they are typed. */
export function typed(r: Report): Typed {
  return { kind: r.kind, changed: r.changed, problems: r.problems, help: r.help, next: r.next, percent: r.percent, result: r.result, note: r.note, steps: r.steps.map((s) => ({ ...s })), evidence: [...r.evidence], figures: r.figures.map((f) => ({ measure: f.measure, value: f.value, as_of: f.as_of, ...(f.note ? { note: f.note } : {}) })) }
}

/** Both texts, one after the other, where two people wrote in the same report; what
 *  is the same stands once. */
export function both(mine: Typed, theirs: Typed): Typed {
  const join = (a: string, b: string) => (a.trim() === b.trim() || !b.trim() ? a : !a.trim() || b.includes(a.trim()) ? b : a.includes(b.trim()) ? a : `${b.trimEnd()}\n${a}`)
  return { ...mine, changed: join(mine.changed, theirs.changed), problems: join(mine.problems, theirs.problems), help: join(mine.help, theirs.help), next: join(mine.next, theirs.next), evidence: [...new Set([...theirs.evidence, ...mine.evidence])] }
}

/** The lead's text with a support's part taken in under its name. */
export function takeIn(mine: Typed, part: Report, name: string): Typed {
  const add = (to: string, what: string) => (what.trim() && !to.includes(what.trim()) ? `${to.trimEnd()}${to.trim() ? '\n' : ''}${name}：${what.trim()}` : to)
  return { ...mine, changed: add(mine.changed, part.changed), problems: add(mine.problems, part.problems), help: add(mine.help, part.help) }
}

/** What a claim lacks as far as the page knows, said before it is sent. */
export function claimLacks(page: MatterPage, result: string, evidence: number): { parts: string[]; result: boolean; evidence: boolean } {
  const owing = page.matter.assignments.filter((a) => a.role === 'support' && a.unit && !a.waived && !given(a.delivered))
  return { parts: owing.map((a) => a.unit_name || a.name), result: !result, evidence: !evidence && !page.reports.some((r) => r.evidence.length) }
}

/** Whether an instant has come. */
export function given(at: string | null | undefined): boolean {
  return !!at && !at.startsWith('0001')
}

/** How something owed stands, in one word. */
export function standing(o: Obligation): 'met' | 'met_late' | 'void' | 'late' | 'open' {
  if (given(o.void)) return 'void'
  if (given(o.met)) return o.late ? 'met_late' : 'met'
  return o.late ? 'late' : 'open'
}

/** What is owed: first what is open, the earliest due first; what is done below. */
export function owed(all: Obligation[]): Obligation[] {
  const open = (o: Obligation) => (standing(o) === 'late' || standing(o) === 'open' ? 0 : 1)
  return [...all].sort((a, b) => open(a) - open(b) || (a.due || '9999').localeCompare(b.due || '9999') || a.id - b.id)
}

/** What happened to a matter between two looks at it, newest first. */
export function news(before: MatterPage, after: MatterPage): EntryView[] {
  const last = Math.max(0, ...before.history.map((e) => e.seq))
  return after.history.filter((e) => e.seq > last).sort((a, b) => b.seq - a.seq)
}

/** The list a verifier begins with: the measures, then the result itself. */
export function checklist(page: MatterPage, words: (m: MatterPage['matter']['measures'][number]) => string): string[] {
  const measures = page.matter.measures.map(words)
  return measures.length ? measures : [page.matter.title || page.matter.requirement.slice(0, 120)]
}

/** The kinds of report a unit can write now. */
export function kinds(page: MatterPage, unit: number, own: ReportKind): ReportKind[] {
  if (own === 'part') return ['part']
  const reply = page.notes.some((n) => n.status === 'open')
  const claims = page.matter.status === 'in_progress' && page.matter.assignments.some((a) => a.unit === unit && (a.role === 'lead' || a.role === 'several') && !given(a.claimed))
  return ['progress', ...(claims ? ['claim' as const] : []), ...(reply ? ['reply' as const] : [])]
}
