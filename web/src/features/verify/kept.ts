// What a verifier takes along, in the browser's own store: the list and the forms
// of one person, what was typed, its photos, and what waits to be filed. What
// belongs together is kept in one step, so that a phone that goes dark between two
// leaves neither half a form nor photos of none.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { DeskRow } from '../../api/types'
import type { Filing, Form, Kept } from './model'

interface Store extends DBSchema {
  lists: { key: number; value: DeskRow[] } // by person
  matters: { key: [number, number]; value: Kept } // by person and matter
  drafts: { key: [number, number]; value: Form }
  filings: { key: string; value: Filing } // by the form's own key
  photos: { key: string; value: ArrayBuffer } // by the photo's own key; blobs get lost in some browsers
}

let opened: Promise<IDBPDatabase<Store>> | undefined

function store(): Promise<IDBPDatabase<Store>> {
  return (opened ??= openDB<Store>('docket-verify', 2, {
    upgrade(db) {
      for (const name of ['lists', 'matters', 'drafts', 'filings', 'photos'] as const) if (!db.objectStoreNames.contains(name)) db.createObjectStore(name)
    },
    blocking(_from, _to, e) {
      ;(e.target as IDBDatabase).close() // a newer page of ours waits for it
      opened = undefined
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

/** Keeps what was typed. */
export async function keepDraft(person: number, id: number, form: Form): Promise<void> {
  await (await store()).put('drafts', form, [person, id])
}

/** What was typed and not yet filed. */
export async function keptDraft(person: number, id: number): Promise<Form | undefined> {
  return (await store()).get('drafts', [person, id])
}

/** Keeps a photo and the form that names it. */
export async function keepPhoto(person: number, id: number, form: Form, key: string, bytes: ArrayBuffer): Promise<void> {
  const tx = (await store()).transaction(['photos', 'drafts'], 'readwrite')
  await Promise.all([tx.objectStore('photos').put(bytes, key), tx.objectStore('drafts').put(form, [person, id]), tx.done])
}

/** The bytes of a photo; absent when the browser has cleared them away. */
export async function keptPhoto(key: string): Promise<ArrayBuffer | undefined> {
  return (await store()).get('photos', key)
}

/** Takes a photo away, and keeps the form without it. */
export async function dropPhoto(person: number, id: number, form: Form, key: string): Promise<void> {
  const tx = (await store()).transaction(['photos', 'drafts'], 'readwrite')
  await Promise.all([tx.objectStore('photos').delete(key), tx.objectStore('drafts').put(form, [person, id]), tx.done])
}

/** Puts a form among those to be filed; what was typed is in it. */
export async function keepFiling(f: Filing): Promise<void> {
  const tx = (await store()).transaction(['filings', 'drafts'], 'readwrite')
  await Promise.all([tx.objectStore('filings').put(f, f.key), tx.objectStore('drafts').delete([f.person, f.matter]), tx.done])
}

/** Keeps why a form was refused. */
export async function keepRefusal(f: Filing, refused: string): Promise<void> {
  await (await store()).put('filings', { ...f, refused }, f.key)
}

/** Takes a form off with its photos: it is filed, or thrown away. */
export async function dropFiling(f: Filing): Promise<void> {
  const tx = (await store()).transaction(['filings', 'photos'], 'readwrite')
  await Promise.all([tx.objectStore('filings').delete(f.key), ...(f.form?.photos ?? []).map((s) => tx.objectStore('photos').delete(s.key)), tx.done])
}

/** Makes a refused form one that is being filled in again; false where another has been begun since. */
export async function reopenFiling(f: Filing, form: Form): Promise<boolean> {
  const tx = (await store()).transaction(['filings', 'drafts'], 'readwrite')
  const begun = await tx.objectStore('drafts').get([f.person, f.matter])
  if (!begun) await Promise.all([tx.objectStore('drafts').put(form, [f.person, f.matter]), tx.objectStore('filings').delete(f.key)])
  await tx.done
  return !begun
}

/** The forms of a person that are not filed yet, oldest first as they were made. */
export async function keptFilings(person: number): Promise<Filing[]> {
  return (await (await store()).getAll('filings')).filter((f) => f.person === person).sort((a, b) => a.body.seen_at.localeCompare(b.body.seen_at))
}

/** Whether keeping failed because the device has no room left. */
export function isFull(e: unknown): boolean {
  return e instanceof DOMException && e.name === 'QuotaExceededError'
}
