import { client, ifMatch, once, take } from '../../api/client'
import { given } from '../../api/given'
import type { PersonRow, Reason, Role, StandinBody, StandinView, Unit } from '../../api/types'

/** Everybody with their posts. */
export function fetchPeople(): Promise<PersonRow[]> | PersonRow[] {
  return given<{ items: PersonRow[] }>('/people')?.items ?? take(client.GET('/people')).then((all) => all.items)
}

/** The units a post can be in. */
export async function fetchUnits(): Promise<Unit[]> {
  return (await take(client.GET('/units'))).items
}

/** What a person is entered with. */
export interface PersonForm {
  login: string
  name: string
  email: string
  lang: 'zh' | 'en'
}

export async function addPerson(body: PersonForm): Promise<number> {
  return (await take(client.POST('/people', { params: { header: once() }, body }))).id
}

export async function patchPerson(p: PersonRow, body: Partial<PersonForm> & { active?: boolean }): Promise<void> {
  await take(client.PATCH('/people/{id}', { params: { path: { id: p.id }, header: ifMatch(p.version) }, body }))
}

/** Makes a one-time sign-in link; it is shown once and kept nowhere. */
export function makeLink(id: number): Promise<{ url: string; expires: string }> {
  return take(client.POST('/people/{id}/link', { params: { path: { id } } }))
}

export async function addPost(id: number, body: { role: Role; unit: number; from: string; to: string }): Promise<void> {
  await take(client.POST('/people/{id}/posts', { params: { path: { id }, header: once() }, body }))
}

export async function endPost(id: number, on: string): Promise<void> {
  await take(client.POST('/posts/{id}/end', { params: { path: { id }, header: once() }, body: { on } }))
}

/** Takes away the second factor of somebody who has lost it. */
export async function resetFactor(id: number): Promise<void> {
  await take(client.POST('/people/{id}/second-factor/reset', { params: { path: { id }, header: once() } }))
}

/** Why the reader sees who holds which post. */
export async function fetchWhy(): Promise<Reason[]> {
  return (await take(client.GET('/why', { params: { query: { kind: 'people' } } }))).items
}

/** Names who acts for somebody who is away. */
export function arrangeStandin(id: number, body: StandinBody): Promise<StandinView> {
  return take(client.POST('/people/{id}/standins', { params: { path: { id }, header: once() }, body }))
}
