import { base, client, ifMatch, once, take } from '../../api/client'
import type { DirectiveSummary, Freezing, Minutes, MinutesEdit, PersonRow, SlotPlan, Statement, StatementBody, Stocktake, StocktakePlan, StocktakeRow, Unit } from '../../api/types'

/** The meetings the reader may see, newest first. */
export async function fetchStocktakes(): Promise<StocktakeRow[]> {
  return (await take(client.GET('/stocktakes'))).items
}

export function fetchStocktake(id: number): Promise<Stocktake> {
  return take(client.GET('/stocktakes/{id}', { params: { path: { id } } }))
}

/** What planning chooses from. */
export async function fetchChoices(): Promise<{ people: PersonRow[]; units: Unit[]; directives: DirectiveSummary[]; meetings: StocktakeRow[] }> {
  const [people, units, directives, meetings] = await Promise.all([take(client.GET('/people')), take(client.GET('/units')), take(client.GET('/directives')), take(client.GET('/stocktakes'))])
  return { people: people.items, units: units.items, directives: directives.items.filter((d) => d.status === 'adopted'), meetings: meetings.items }
}

/** Keeps a plan: a new meeting without an id, the version seen otherwise. */
export function savePlan(body: StocktakePlan, of?: { id: number; version: number }): Promise<Stocktake> {
  if (!of) return take(client.POST('/stocktakes', { params: { header: once() }, body }))
  return take(client.PUT('/stocktakes/{id}', { params: { path: { id: of.id }, header: ifMatch(of.version) }, body }))
}

/** A speaking order for the units, with the reason of each place. */
export async function proposeOrder(scope: StocktakePlan['scope'], units: number[]): Promise<SlotPlan[]> {
  return (await take(client.POST('/stocktakes/order', { body: { scope, units } }))).items
}

const seen = (s: { id: number; version: number }) => ({ path: { id: s.id }, header: { ...once(), ...ifMatch(s.version) } })

export function convene(s: Stocktake): Promise<Stocktake> {
  return take(client.POST('/stocktakes/{id}/convene', { params: seen(s) }))
}

export function callOff(s: Stocktake, text: string): Promise<Stocktake> {
  return take(client.POST('/stocktakes/{id}/cancel', { params: seen(s), body: { text } }))
}

/** Brings the topics up to date: requests, silence, what was left open. */
export function gatherTopics(id: number): Promise<Stocktake> {
  return take(client.POST('/stocktakes/{id}/topics', { params: { path: { id }, header: once() } }))
}

/** Sends every unit what was decided and it acts on. */
export function sendSlips(id: number): Promise<Stocktake> {
  return take(client.POST('/stocktakes/{id}/slips', { params: { path: { id }, header: once() } }))
}

/** Has a pack frozen, or joins in where one is: answers within about a second. */
export function freezePack(id: number): Promise<Freezing> {
  return take(client.POST('/stocktakes/{id}/packs', { params: { path: { id }, header: once() } }))
}

/** How far the freezing is: answers when it is over, or after about a second. */
export function fetchFreezing(id: number): Promise<Freezing> {
  return take(client.GET('/stocktakes/{id}/freezing', { params: { path: { id } } }))
}

export function strike(id: number, item: number, text: string): Promise<Stocktake> {
  return take(client.POST('/stocktakes/{id}/items/{item}/strike', { params: { path: { id, item }, header: once() }, body: { text } }))
}

/** The leader's own promise was kept, today. */
export function keepPromise(id: number, item: number): Promise<Stocktake> {
  return take(client.POST('/stocktakes/{id}/items/{item}/keep', { params: { path: { id, item }, header: once() }, body: {} }))
}

export function fetchStatement(id: number, unit: number): Promise<Statement> {
  return take(client.GET('/stocktakes/{id}/statements/{unit}', { params: { path: { id, unit } } }))
}

export function saveStatement(id: number, unit: number, body: StatementBody, version: number): Promise<Statement> {
  return take(client.PUT('/stocktakes/{id}/statements/{unit}', { params: { path: { id, unit }, header: ifMatch(version) }, body }))
}

/** Sends a statement on: before the head, out, or with the leader's word. */
export function moveStatement(s: Statement, how: 'send' | 'approve' | 'agree'): Promise<Statement> {
  const params = { path: { id: s.stocktake, unit: s.unit }, header: { ...once(), ...ifMatch(s.version) } }
  if (how === 'agree') return take(client.POST('/stocktakes/{id}/statements/{unit}/agree', { params }))
  return how === 'send' ? take(client.POST('/stocktakes/{id}/statements/{unit}/send', { params })) : take(client.POST('/stocktakes/{id}/statements/{unit}/approve', { params }))
}

export function returnStatement(s: Statement, text: string): Promise<Statement> {
  return take(client.POST('/stocktakes/{id}/statements/{unit}/return', { params: { path: { id: s.stocktake, unit: s.unit }, header: { ...once(), ...ifMatch(s.version) } }, body: { text } }))
}

export function fetchMinutes(id: number): Promise<Minutes> {
  return take(client.GET('/stocktakes/{id}/minutes', { params: { path: { id } } }))
}

export function saveMinutes(id: number, body: MinutesEdit, version: number): Promise<Minutes> {
  return take(client.PUT('/stocktakes/{id}/minutes', { params: { path: { id }, header: ifMatch(version) }, body }))
}

const ofMinutes = (m: Minutes) => seen({ id: m.stocktake, version: m.version })

export function circulate(m: Minutes): Promise<Minutes> {
  return take(client.POST('/stocktakes/{id}/minutes/circulate', { params: ofMinutes(m) }))
}

export function issue(m: Minutes): Promise<Minutes> {
  return take(client.POST('/stocktakes/{id}/minutes/issue', { params: ofMinutes(m) }))
}

export function remark(id: number, text: string): Promise<Minutes> {
  return take(client.POST('/stocktakes/{id}/minutes/remarks', { params: { path: { id }, header: once() }, body: { text } }))
}

export function answerRemark(id: number, n: number, text: string): Promise<Minutes> {
  return take(client.POST('/stocktakes/{id}/minutes/remarks/{n}/answer', { params: { path: { id, n }, header: once() }, body: { text } }))
}

export function addend(id: number, text: string): Promise<Minutes> {
  return take(client.POST('/stocktakes/{id}/minutes/addenda', { params: { path: { id }, header: once() }, body: { text } }))
}

/** The address of a meeting's file. */
export const fileHref = (id: number, file: string) => `${base}/stocktakes/${id}/${file}`
