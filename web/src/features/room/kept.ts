// What was done in the room and has not arrived yet, in the browser's own store: a
// closed window or a dead battery loses nothing.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { inOrder, type Queued } from './model'

interface Store extends DBSchema {
  deeds: { key: string; value: Queued } // by the deed's own key
  typed: { key: [number, number]; value: string } // by person and meeting
}

let opened: Promise<IDBPDatabase<Store>> | undefined

function store(): Promise<IDBPDatabase<Store>> {
  return (opened ??= openDB<Store>('docket-room', 1, {
    upgrade(db) {
      db.createObjectStore('deeds')
      db.createObjectStore('typed')
    },
    blocking(_from, _to, e) {
      ;(e.target as IDBDatabase).close() // a newer page of ours waits for it
      opened = undefined
    },
  }))
}

/** The deeds of a person at a meeting that have not arrived, in their order. */
export async function keptDeeds(person: number, stocktake: number): Promise<Queued[]> {
  return inOrder((await (await store()).getAll('deeds')).filter((q) => q.person === person && q.stocktake === stocktake))
}

/** Keeps a deed, and with a line also that it is no longer being typed. */
export async function keepDeed(q: Queued): Promise<void> {
  await (await store()).put('deeds', q, q.key)
}

export async function dropDeed(key: string): Promise<void> {
  await (await store()).delete('deeds', key)
}

/** Keeps what stands in the line while it is typed. */
export async function keepTyped(person: number, stocktake: number, text: string): Promise<void> {
  const db = await store()
  if (text) await db.put('typed', text, [person, stocktake])
  else await db.delete('typed', [person, stocktake])
}

export async function keptTyped(person: number, stocktake: number): Promise<string> {
  return (await (await store()).get('typed', [person, stocktake])) ?? ''
}
