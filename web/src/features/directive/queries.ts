import { base, client, once, take } from '../../api/client'
import type { Clause, DirectivePage, EntryView, Matter, Reason } from '../../api/types'

/** A directive with its counts and what the reader may do. */
export function fetchDirective(id: number): Promise<DirectivePage> {
  return take(client.GET('/directives/{id}', { params: { path: { id } } }))
}

/** Its whole text with the matters of each clause. */
export async function fetchClauses(id: number): Promise<Clause[]> {
  return (await take(client.GET('/directives/{id}/clauses', { params: { path: { id } } }))).items
}

/** Who did what to it, newest first. */
export async function fetchHistory(id: number): Promise<EntryView[]> {
  return ((await take(client.GET('/directives/{id}/history', { params: { path: { id } } }))).items).reverse()
}

/** Proposes a matter from a clause nobody has taken up. */
export function addMatter(id: number, clauseOrd: number): Promise<Matter> {
  return take(client.POST('/directives/{id}/matters', { params: { path: { id }, header: once() }, body: { clause_ord: clauseOrd } }))
}

/** Throws a reading away. */
export async function discard(id: number): Promise<void> {
  await take(client.DELETE('/directives/{id}', { params: { path: { id } } }))
}

/** The address of the source file. */
export function fileHref(id: number): string {
  return `${base}/directives/${id}/file`
}

/** Why the reader sees this directive. */
export async function fetchWhy(id: number): Promise<Reason[]> {
  return (await take(client.GET('/why', { params: { query: { kind: 'directive', id } } }))).items
}
