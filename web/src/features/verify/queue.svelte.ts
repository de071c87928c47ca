import { faultOf, fieldWords, Problem, toProblem, type FieldFault } from '../../api/problem'
import { t } from '../../i18n/index.svelte'
import { dropFiling, keepFiling, keepRefusal, keptFilings, keptPhoto, reopenFiling } from './kept'
import { waits, type Filing } from './model'
import { file, sendPhoto } from './queries'

let all = $state.raw<Filing[]>([])
let sending = $state.raw<{ key: string; photo: number; of: number; share: number }>()
let busy = false

/** The forms that are not filed yet, and the photo that is on its way. */
export const queue = {
  get waiting() {
    return all.filter((f) => !f.refused)
  },
  get refused() {
    return all.filter((f) => f.refused)
  },
  get sending() {
    return sending
  },
}

/** Takes a form in; from here on it is filed without anybody doing anything. */
export async function accept(f: Filing): Promise<void> {
  await keepFiling(f)
  all = await keptFilings(f.person)
}

/** Tries to file what waits; gives whether this form is filed now. */
export async function filed(f: Filing): Promise<boolean> {
  await flush(f.person)
  return !all.some((x) => x.key === f.key)
}

/** Throws a refused form away. */
export async function drop(f: Filing): Promise<void> {
  await dropFiling(f)
  all = await keptFilings(f.person)
}

/** Takes a refused form back to be mended; false where another has been begun since. */
export async function reopen(f: Filing): Promise<boolean> {
  const done = !!f.form && (await reopenFiling(f, f.form))
  all = await keptFilings(f.person)
  return done
}

/** Files what waits, one after the other. What only has to wait goes on waiting, and
 *  so does all behind it; a refusal is kept in words. */
export async function flush(person: number): Promise<number> {
  all = await keptFilings(person)
  if (busy) return 0
  busy = true
  let done = 0
  try {
    for (const f of all.filter((x) => !x.refused)) {
      try {
        await fileWhole(f)
        await dropFiling(f)
        done++
      } catch (e) {
        const p = toProblem(e)
        if (waits(p)) break
        await keepRefusal(f, [faultOf(p).message, ...p.fields.map(whole)].join(' '))
      }
    }
  } finally {
    busy = false
    sending = undefined
    all = await keptFilings(person)
  }
  return done
}

/** The sentence of a fault, with the photo it is about. */
function whole(x: FieldFault): string {
  const photo = /^photos\[(\d+)\]$/.exec(x.field)
  return (photo && !x.args?.n ? `${t('photo.n', { n: Number(photo[1]) + 1 })}: ` : '') + fieldWords(x)
}

/** Files a form. Its photos are sent when the server asks for them, so that a form whose
 *  answer was lost sends nothing a second time. */
async function fileWhole(f: Filing): Promise<void> {
  try {
    return await file(f)
  } catch (e) {
    if (toProblem(e).key !== 'verification.photos_missing') throw e
  }
  const photos = f.form?.photos ?? []
  for (const [i, s] of photos.entries()) {
    const bytes = await keptPhoto(s.key)
    if (!bytes) throw new Problem(0, 'lost', t('photo.lost', { n: i + 1 }))
    const tell = (share: number) => (sending = { key: f.key, photo: i + 1, of: photos.length, share })
    tell(0)
    await sendPhoto(f.matter, s, bytes, tell)
  }
  await file(f)
}

/** Files what waits now, whenever the network or the page comes back, and every ten
 *  seconds while something waits: a browser does not always tell that it is online. */
export function follow(person: number, told: (n: number) => void): () => void {
  const go = () => void flush(person).then((n) => n > 0 && told(n))
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
  ready.active?.postMessage({ keep: [location.origin + '/', location.origin + '/icon.svg', ...used] })
}
