import { client, ifMatch, once, take } from '../../api/client'
import type { Adoption, Clause, DirectivePage, Level, Matter, PatchDirective, PatchMatter, Span, Unit } from '../../api/types'

const at = (id: number) => ({ path: { id } })

/** The directive being corrected. */
export function fetchDirective(id: number): Promise<DirectivePage> {
  return take(client.GET('/directives/{id}', { params: at(id) }))
}

/** Its text. */
export async function fetchClauses(id: number): Promise<Clause[]> {
  return (await take(client.GET('/directives/{id}/clauses', { params: at(id) }))).items
}

/** Its matters in document order. */
export async function fetchMatters(id: number): Promise<Matter[]> {
  return (await take(client.GET('/directives/{id}/matters', { params: at(id) }))).items
}

/** Every unit, as it stands today. */
export async function fetchUnits(): Promise<Unit[]> {
  return (await take(client.GET('/units'))).items
}

/** Changes a draft; a version that moved on gives a conflict. */
export function patchMatter(id: number, m: Matter, body: PatchMatter): Promise<Matter> {
  return take(client.PATCH('/directives/{id}/matters/{mid}', { params: { path: { id, mid: m.id }, header: ifMatch(m.version) }, body }))
}

/** Adds a draft from words of a clause. */
export function addMatter(id: number, clauseOrd: number, span: Span, requirement: string): Promise<Matter> {
  return take(client.POST('/directives/{id}/matters', { params: { ...at(id), header: once() }, body: { clause_ord: clauseOrd, span, requirement } }))
}

/** Says once for all drafts which units a written name means. */
export async function settleName(id: number, name: string, units: number[], alias: boolean, create?: { parent: number; level: Level }): Promise<Matter[]> {
  return (await take(client.POST('/directives/{id}/names', { params: { ...at(id), header: once() }, body: { name, units, alias, create } }))).matters
}

/** Changes the front matter. */
export function patchDirective(id: number, version: number, body: PatchDirective): Promise<DirectivePage> {
  return take(client.PATCH('/directives/{id}', { params: { ...at(id), header: ifMatch(version) }, body }))
}

/** What adopting would do, and what stands in its way. */
export function fetchAdoption(id: number): Promise<Adoption> {
  return take(client.GET('/directives/{id}/adoption', { params: at(id) }))
}

/** Registers and assigns everything at once, or nothing. */
export function adopt(id: number, version: number) {
  return take(client.POST('/directives/{id}/adopt', { params: { ...at(id), header: once() }, body: { version } }))
}
