// What a verifier takes along, in the browser's own store: the list and the forms
// of one person, what was typed, and what waits to be filed.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { DeskRow } from '../../api/types'
import type { Filing, Form, Kept } from './model'

interface Store extends DBSchema {
  lists: { key: number; value: DeskRow[] } // by person
  matters: { key: [number, number]; value: Kept } // by person and matter
  drafts: { key: [number, number]; value: Form }
  filings: { key: string; value: Filing } // by the form's own key
}

let opened: Promise<IDBPDatabase<Store>> | undefined

function store(): Promise<IDBPDatabase<Store>> {
  return (opened ??= openDB<Store>('docket-verify', 1, {
    upgrade(db) {
      for (const name of ['lists', 'matters', 'drafts', 'filings'] as const) db.createObjectStore(name)
    },
  }))
}

/** Keeps the list as it was last seen; what is no longer on it goes. */
export async function keepList(person: number, rows: DeskRow[]): Promise<void> {
  const db = await store()
  await db.put('lists', rows, person)
  const wanted = new Set(rows.map((r) => r.matter))
  for (const key of await db.getAllKeys('matters')) if (key[0] === person && !wanted.has(key[1])) await db.delete('matters', key)
}

/** The list as it was last seen. */
export async function keptList(person: number): Promise<DeskRow[] | undefined> {
  return (await store()).get('lists', person)
}

/** Keeps a matter for the spot. */
export async function keepMatter(person: number, m: Kept): Promise<void> {
  await (await store()).put('matters', m, [person, m.id])
}

/** A matter that was kept. */
export async function keptMatter(person: number, id: number): Promise<Kept | undefined> {
  return (await store()).get('matters', [person, id])
}

/** Keeps what was typed; undefined throws it away. */
export async function keepDraft(person: number, id: number, form: Form | undefined): Promise<void> {
  const db = await store()
  if (form) await db.put('drafts', form, [person, id])
  else await db.delete('drafts', [person, id])
}

/** What was typed and not yet filed. */
export async function keptDraft(person: number, id: number): Promise<Form | undefined> {
  return (await store()).get('drafts', [person, id])
}

/** Puts a form among those to be filed, or what became of it. */
export async function keepFiling(f: Filing): Promise<void> {
  await (await store()).put('filings', f, f.key)
}

/** Takes a form off: it is filed, or thrown away. */
export async function dropFiling(key: string): Promise<void> {
  await (await store()).delete('filings', key)
}

/** The forms of a person that are not filed yet, oldest first as they were made. */
export async function keptFilings(person: number): Promise<Filing[]> {
  return (await (await store()).getAll('filings')).filter((f) => f.person === person).sort((a, b) => a.body.seen_at.localeCompare(b.body.seen_at))
}
