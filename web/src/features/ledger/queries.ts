import { base, client, once, take } from '../../api/client'
import { given } from '../../api/given'
import type { DirectiveSummary, Ledger, MatterPage, NewAssignment, SavedView, Unit, ViewBody } from '../../api/types'
import type { BulkVerb, Deed, Line } from './bulk'
import type { Filter } from './model'
import { asQuery } from './model'

/** A page of fifty matters with the totals of the whole filter. */
export function fetchLedger(f: Filter): Promise<Ledger> | Ledger {
  const query = { ...asQuery(f), limit: 50 }
  return given<Ledger>('/ledger', query) ?? take(client.GET('/ledger', { params: { query } }))
}

/** The directives to filter by. */
export async function fetchDirectives(): Promise<DirectiveSummary[]> {
  return (await take(client.GET('/directives'))).items
}

/** The units to filter by. */
export async function fetchUnits(): Promise<Unit[]> {
  return (await take(client.GET('/units'))).items
}

/** The reader's saved views. */
export async function fetchViews(): Promise<SavedView[]> {
  return (await take(client.GET('/views'))).items
}

/** Keeps the present filter under a name. */
export function saveView(body: ViewBody): Promise<SavedView> {
  return take(client.POST('/views', { params: { header: once() }, body }))
}

/** Removes a saved view. */
export async function deleteView(id: number): Promise<void> {
  await take(client.DELETE('/views/{id}', { params: { path: { id } } }))
}

/** The address of the ledger as a file. */
export function exportHref(kind: 'xlsx' | 'csv', search: string): string {
  return `${base}/ledger.${kind}${search}`
}

/** The address of the ledger as a workbook to fill in and bring back; its columns are fixed. */
export function fillHref(search: string): string {
  const q = new URLSearchParams(search)
  q.delete('columns')
  return `${base}/sheets/ledger.xlsx?${q.toString()}`
}

/** Makes one move on many matters, or tells what would be refused. */
export async function moveMany(matters: number[], verb: BulkVerb, deed: Partial<Deed>, dry: boolean): Promise<Line[]> {
  if (verb === 'urge') return (await take(client.POST('/urges', { params: { header: once() }, body: { words: deed.words ?? '', matters, dry_run: dry } }))).items
  return (await take(client.POST('/moves', { params: { header: once() }, body: { ...deed, verb, matters, dry_run: dry } }))).items
}

/** Registers and hands over a matter that stands in no document. */
export function register(body: { title: string; requirement: string; due?: string; review_on?: string; assignments: NewAssignment[] }): Promise<MatterPage> {
  return take(client.POST('/matters', { params: { header: once() }, body }))
}
