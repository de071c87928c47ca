import { client, once, take } from '../../api/client'
import { base } from '../../api/client'
import type { Clause, DirectivePage, EntryView, Matter } from '../../api/types'

/** A directive with its counts and what the reader may do. */
export function fetchDirective(id: number): Promise<DirectivePage> {
  return take(client.GET('/directives/{id}', { params: { path: { id } } })) as Promise<DirectivePage>
}

/** Its whole text with the matters of each clause; long texts come in pages that are joined here. */
export async function fetchClauses(id: number): Promise<Clause[]> {
  const all: Clause[] = []
  let cursor: string | undefined
  do {
    const page = await take(client.GET('/directives/{id}/clauses', { params: { path: { id }, query: { limit: 5000, cursor } } }))
    all.push(...(page.items as Clause[]))
    cursor = page.next_cursor || undefined
  } while (cursor)
  return all
}

/** Who did what to it, newest first. */
export async function fetchHistory(id: number): Promise<EntryView[]> {
  return ((await take(client.GET('/directives/{id}/history', { params: { path: { id } } }))).items as EntryView[]).reverse()
}

/** Proposes a matter from a clause nobody has taken up. */
export function addMatter(id: number, clauseOrd: number): Promise<Matter> {
  return take(client.POST('/directives/{id}/matters', { params: { path: { id }, header: once() }, body: { clause_ord: clauseOrd } })) as Promise<Matter>
}

/** Throws a reading away. */
export async function discard(id: number): Promise<void> {
  await take(client.DELETE('/directives/{id}', { params: { path: { id } } }))
}

/** The address of the source file. */
export function fileHref(id: number): string {
  return `${base}/directives/${id}/file`
}
