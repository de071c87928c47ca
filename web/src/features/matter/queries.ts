import { client, ifMatch, once, take } from '../../api/client'
import type { AskBody, CheckBody, DecideBody, DeedBody, FigureBody, MatterPage, MeasureBody, MeasurePage, NoteBody, Report, ReportBody, ReportForm, ReturnReason, Unit } from '../../api/types'

const at = (id: number) => ({ path: { id } })
const part = (id: number, rid: number, version: number) => ({ path: { id, rid }, header: { ...once(), ...ifMatch(version) } })

/** A matter with everything its reader may know. */
export function fetchMatter(id: number): Promise<MatterPage> {
  return take(client.GET('/matters/{id}', { params: at(id) }))
}

/** Every unit as it stands today, to hand a matter over to. */
export async function fetchUnits(): Promise<Unit[]> {
  return (await take(client.GET('/units'))).items
}

/** One move of the law on the state that was seen. */
export function makeMove(id: number, version: number, body: DeedBody): Promise<MatterPage> {
  return take(client.POST('/matters/{id}/moves', { params: { ...at(id), header: { ...once(), ...ifMatch(version) } }, body }))
}

/** What a unit sees before it writes. */
export function fetchForm(id: number, unit: number): Promise<ReportForm> {
  return take(client.GET('/matters/{id}/report', { params: { ...at(id), query: { unit } } }))
}

/** Keeps what was typed so far. */
export function saveDraft(id: number, body: ReportBody): Promise<Report> {
  return take(client.PUT('/matters/{id}/report', { params: at(id), body }))
}

/** Puts a report before the head; the same key counts once. */
export function fileReport(id: number, body: ReportBody, key: string): Promise<Report> {
  return take(client.POST('/matters/{id}/reports', { params: { ...at(id), header: { 'Idempotency-Key': key } }, body }))
}

/** The head's word, the office's or lead's, or the unit's own withdrawal. */
export function judge(id: number, r: Report, verb: 'approve' | 'accept' | 'withdraw'): Promise<Report> {
  const params = part(id, r.id, r.version)
  if (verb === 'approve') return take(client.POST('/matters/{id}/reports/{rid}/approve', { params }))
  if (verb === 'accept') return take(client.POST('/matters/{id}/reports/{rid}/accept', { params }))
  return take(client.POST('/matters/{id}/reports/{rid}/withdraw', { params }))
}

/** Sends a report back, with its reason. */
export function sendBack(id: number, r: Report, reason: ReturnReason, words: string): Promise<Report> {
  return take(client.POST('/matters/{id}/reports/{rid}/return', { params: part(id, r.id, r.version), body: { reason, words } }))
}

/** Asks for something on a unit's behalf. */
export function ask(id: number, body: AskBody): Promise<MatterPage> {
  return take(client.POST('/matters/{id}/requests', { params: { ...at(id), header: once() }, body }))
}

/** A word on a request. */
export function decide(id: number, rid: number, version: number, body: DecideBody): Promise<MatterPage> {
  return take(client.POST('/matters/{id}/requests/{rid}/decide', { params: part(id, rid, version), body }))
}

/** Takes a request back. */
export function withdrawRequest(id: number, rid: number, version: number): Promise<MatterPage> {
  return take(client.POST('/matters/{id}/requests/{rid}/withdraw', { params: part(id, rid, version) }))
}

/** A leader's instruction. */
export function instruct(id: number, body: NoteBody): Promise<MatterPage> {
  return take(client.POST('/matters/{id}/instructions', { params: { ...at(id), header: once() }, body }))
}

/** Presses a unit for what it owes, by a slip. */
export async function urge(id: number, unit: number, words: string): Promise<MatterPage> {
  await take(client.POST('/matters/{id}/urges', { params: { ...at(id), header: once() }, body: { unit, words } }))
  return fetchMatter(id)
}

/** "No further note". */
export function closeNote(id: number, rid: number, version: number): Promise<MatterPage> {
  return take(client.POST('/matters/{id}/instructions/{rid}/close', { params: part(id, rid, version) }))
}

/** What somebody from outside saw. */
export function verify(id: number, body: CheckBody): Promise<MatterPage> {
  return take(client.POST('/matters/{id}/verifications', { params: { ...at(id), header: once() }, body }))
}

/** What a matter is measured by, planned and actual. */
export function fetchMeasures(id: number): Promise<MeasurePage> {
  return take(client.GET('/matters/{id}/measures', { params: { path: { id } } }))
}

/** Sets all measures of a matter; those left out are withdrawn. */
export function setMeasures(id: number, measures: MeasureBody[]): Promise<MeasurePage> {
  return take(client.PUT('/matters/{id}/measures', { params: { path: { id } }, body: { measures } }))
}

/** Gives a figure, or corrects one. */
export function observe(id: number, figure: FigureBody): Promise<MeasurePage> {
  return take(client.POST('/matters/{id}/observations', { params: { path: { id }, header: once() }, body: figure }))
}
