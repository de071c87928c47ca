import { faultOf, toProblem } from '../../api/problem'
import { dropFiling, keepFiling, keptFilings } from './kept'
import type { Filing } from './model'
import { file } from './queries'

let all = $state.raw<Filing[]>([])
let busy = false

/** The forms that are not filed yet. */
export const queue = {
  get waiting() {
    return all.filter((f) => !f.refused)
  },
  get refused() {
    return all.filter((f) => f.refused)
  },
}

/** Takes a form in and tries to file it at once; gives whether it is filed. */
export async function put(f: Filing): Promise<boolean> {
  await keepFiling(f)
  await flush(f.person)
  return !all.some((x) => x.key === f.key)
}

/** Throws a refused form away. */
export async function drop(f: Filing): Promise<void> {
  await dropFiling(f.key)
  all = await keptFilings(f.person)
}

/** Files what waits, one after the other. Without a network, or while the server
 *  is in trouble or asks to sign in, everything goes on waiting; a refusal is kept in words. */
export async function flush(person: number): Promise<number> {
  all = await keptFilings(person)
  if (busy) return 0
  busy = true
  let filed = 0
  try {
    for (const f of all.filter((x) => !x.refused)) {
      try {
        await file(f)
        await dropFiling(f.key)
        filed++
      } catch (e) {
        const p = toProblem(e)
        if (p.status === 0 || p.status >= 500 || p.status === 401 || p.status === 429) break
        await keepFiling({ ...f, refused: [faultOf(p).message, ...p.fields.map((x) => p.field(x.field))].join(' ') })
      }
    }
  } finally {
    busy = false
    all = await keptFilings(person)
  }
  return filed
}

/** Files what waits now, whenever the network or the page comes back, and every ten
 *  seconds while something waits: a browser does not always tell that it is online. */
export function follow(person: number, filed: (n: number) => void): () => void {
  const go = () => void flush(person).then((n) => n > 0 && filed(n))
  const timer = setInterval(() => queue.waiting.length && go(), 10_000)
  addEventListener('online', go)
  document.addEventListener('visibilitychange', go)
  go()
  return () => {
    clearInterval(timer)
    removeEventListener('online', go)
    document.removeEventListener('visibilitychange', go)
  }
}

/** Has the browser keep the screens' files, so that this page opens without a network. */
export async function keepScreens(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  await navigator.serviceWorker.register('/sw.js')
  const ready = await navigator.serviceWorker.ready
  const used = performance.getEntriesByType('resource').map((e) => e.name)
  ready.active?.postMessage({ keep: [location.origin + '/', location.origin + '/theme.js', location.origin + '/icon.svg', ...used] })
}
