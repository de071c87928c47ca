import { base, client, once, take } from '../../api/client'
import { readProblem } from '../../api/problem'
import type { LineView, NewItem, PackView, Room, RoomAct, Statement, Unit } from '../../api/types'

const at = (id: number) => ({ path: { id } })

export function fetchPack(id: number, no: number): Promise<PackView> {
  return take(client.GET('/stocktakes/{id}/packs/{no}', { params: { path: { id, no } } }))
}

/** What a unit states. */
export function fetchStatement(id: number, unit: number): Promise<Statement> {
  return take(client.GET('/stocktakes/{id}/statements/{unit}', { params: { path: { id, unit } } }))
}

/** The units there are, for the chips. */
export async function fetchUnits(): Promise<Unit[]> {
  return (await take(client.GET('/units', { params: { query: {} } }))).items
}

/** Who stands in for the convener; "" for nobody. */
export async function fetchStandin(id: number): Promise<string> {
  return (await take(client.GET('/stocktakes/{id}', { params: at(id) }))).standin_name
}

/** How a line that is being typed would be recorded. */
export function readLine(id: number, text: string): Promise<LineView> {
  return take(client.POST('/stocktakes/{id}/line', { params: at(id), body: { text } }))
}

/** Records a line; sent twice under its key it is one. */
export async function record(id: number, body: NewItem): Promise<void> {
  await take(client.POST('/stocktakes/{id}/items', { params: at(id), body }))
}

export function doAct(id: number, body: RoomAct): Promise<Room> {
  return take(client.POST('/stocktakes/{id}/room', { params: at(id), body }))
}

export async function strike(id: number, item: number, text: string): Promise<void> {
  await take(client.POST('/stocktakes/{id}/items/{item}/strike', { params: { path: { id, item } }, body: { text } }))
}

/** A key of a line's own. */
export function newKey(): string {
  return once()['Idempotency-Key']
}

/** How long the stream may be silent: the server gives a sign of life every twenty seconds. */
const silence = 50_000

/** Reads the room as it changes until the stream ends, breaks or falls silent. It is
 *  read with fetch, since an EventSource hides the signs of life: a line that was cut
 *  without a word would look like a quiet meeting. */
export async function watch(id: number, signal: AbortSignal, show: (r: Room) => void): Promise<void> {
  const own = new AbortController()
  const stop = () => own.abort()
  signal.addEventListener('abort', stop)
  let timer = setTimeout(stop, silence)
  try {
    const answer = await fetch(`${base}/stocktakes/${id}/watch`, { signal: own.signal, headers: { Accept: 'text/event-stream' }, credentials: 'same-origin' })
    if (!answer.ok || !answer.body) throw readProblem(answer.status, await answer.json().catch(() => undefined))
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
    for (let kept = ''; ; ) {
      const { done, value } = await reader.read()
      if (done) return
      clearTimeout(timer)
      timer = setTimeout(stop, silence)
      const frames = (kept + value).split('\n\n')
      kept = frames.pop()!
      const last = frames.filter((f) => f.startsWith('data: ')).pop() // the newest holds all
      if (last) show(JSON.parse(last.slice(6)) as Room)
    }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}
