import { client, ifMatch, once, take } from '../../api/client'
import type { Rates, Round, Unit } from '../../api/types'

/** The rounds the reader may see, newest first. */
export async function fetchRounds(): Promise<Round[]> {
  return (await take(client.GET('/rounds'))).items
}

/** Opens a round. */
export function openRound(body: { title: string; from: string; to: string; due: string }): Promise<Round> {
  return take(client.POST('/rounds', { params: { header: once() }, body }))
}

/** Takes no more reports for it. */
export function lockRound(r: Round): Promise<Round> {
  return take(client.POST('/rounds/{id}/lock', { params: { path: { id: r.id }, header: { ...once(), ...ifMatch(r.version) } } }))
}

/** Lets one unit file after the lock. */
export function reopenRound(r: Round, unit: number): Promise<Round> {
  return take(client.POST('/rounds/{id}/reopen', { params: { path: { id: r.id }, header: { ...once(), ...ifMatch(r.version) } }, body: { unit } }))
}

/** How many of the reports a round asks for are in. */
export function roundRates(id: number): Promise<Rates> {
  return take(client.GET('/rounds/{id}/rates', { params: { path: { id } } }))
}

/** Completeness and timeliness over a span of days. */
export function fetchRates(from: string, to: string): Promise<Rates> {
  return take(client.GET('/rates', { params: { query: { from, to } } }))
}

/** The units, for those whose posts are not told by a rate. */
export async function fetchUnits(): Promise<Unit[]> {
  return (await take(client.GET('/units'))).items
}
