import { onMount } from 'svelte'
import { session } from '../../api/me.svelte'
import { faultOf, toProblem } from '../../api/problem'
import type { Room } from '../../api/types'
import { offsetOf, waits } from './model'
import { watch } from './queries'

/** How long a connection may be gone before a screen says so: a stream that has run its
 *  time is taken up again well within it. */
const patience = 4_000

/** The room as the server has it, kept in step; `lost` once that has failed for a while. */
export class Live {
  room = $state.raw<Room>()
  now = $state(Date.now()) // on the server's clock
  lost = $state(false)
  fault = $state.raw<{ code: string; message: string }>()
  #offset: number | undefined
  #heard = Date.now()

  /** Takes a room in; one that is older than the one shown is dropped. */
  take = (r: Room, fresh: boolean): void => {
    this.#offset = offsetOf(fresh ? undefined : this.#offset, r.now, Date.now())
    if (!this.room || r.version >= this.room.version) this.room = r
    this.fault = undefined
    this.#tick()
  }

  #tick = (): void => {
    this.now = Date.now() + (this.#offset ?? 0)
  }

  /** Follows until the page is left. The wait between two attempts grows to five seconds. */
  follow(id: number): () => void {
    const end = new AbortController()
    let round = new AbortController()
    let wake = () => {}
    const again = () => (round.abort(), wake())
    const gone = () => round.abort()
    const run = async () => {
      for (let misses = 0; !end.signal.aborted; misses++) {
        round = new AbortController()
        let fresh = true
        try {
          await watch(id, round.signal, (r) => {
            this.take(r, fresh)
            fresh = false
            misses = 0
            this.lost = false
            this.#heard = Infinity // connected: nothing to count from
          })
        } catch (e) {
          const p = toProblem(e)
          if (p.status && !waits(p)) this.fault = faultOf(p)
          if (p.status === 401) session.me = undefined
        }
        if (this.#heard === Infinity) this.#heard = Date.now()
        if (!end.signal.aborted) await new Promise<void>((next) => setTimeout((wake = next), Math.min(5_000, 200 * 2 ** misses)))
      }
    }
    void run()
    const timer = setInterval(() => {
      this.#tick()
      if (!this.lost && Date.now() - this.#heard > patience) this.lost = true
    }, 250)
    addEventListener('online', again)
    addEventListener('offline', gone)
    return () => {
      end.abort()
      round.abort()
      clearInterval(timer)
      removeEventListener('online', again)
      removeEventListener('offline', gone)
    }
  }
}

/** Follows a meeting's room for as long as the component lives. */
export function live(id: number): Live {
  const l = new Live()
  onMount(() => l.follow(id))
  return l
}
