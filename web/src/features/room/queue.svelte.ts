import { faultOf, fieldWords, Problem, toProblem } from '../../api/problem'
import type { ItemKind, Room } from '../../api/types'
import { t } from '../../i18n/index.svelte'
import { dropDeed, keepDeed, keptDeeds } from './kept'
import { agoOf, inOrder, nextDeed, waits, type Deed, type Draft, type Queued, type Stamp } from './model'
import { doAct, newKey, readLine, record, strike } from './queries'

const stamp = (): Stamp => ({ page: performance.timeOrigin, ran: performance.now(), wall: Date.now() })

/** What was done in the room and is on its way. It is shown at once, sent in its order,
 *  and kept until the server has said yes or no. */
export class Queue {
  all = $state.raw<Queued[]>([])
  #busy = false
  #seq = 0

  constructor(
    readonly person: number,
    readonly stocktake: number,
    /** The server's clock, and what to do with a room that an act came back with. */
    readonly now: () => number,
    readonly came: (r: Room) => void,
  ) {}

  get waiting(): Queued[] {
    return this.all.filter((q) => !q.refused)
  }

  get refused(): Queued[] {
    return this.all.filter((q) => q.refused)
  }

  /** Takes a deed in; from here on nothing is lost. */
  do = async (deed: Deed): Promise<void> => {
    const q: Queued = { key: newKey(), person: this.person, stocktake: this.stocktake, at: this.now(), seq: this.#seq++, made: stamp(), deed: $state.snapshot(deed) as Deed }
    this.all = inOrder([...this.all, q])
    await keepDeed(q).catch(() => {}) // a browser without a store still sends it
    void this.flush()
  }

  drop = async (q: Queued): Promise<void> => {
    this.all = this.all.filter((x) => x.key !== q.key)
    await dropDeed(q.key).catch(() => {})
  }

  /** Sends what waits, one after the other, one window of the browser at a time. */
  flush = async (): Promise<void> => {
    if (this.#busy) return
    this.#busy = true
    try {
      if (navigator.locks) await navigator.locks.request('docket-room', this.#send)
      else await this.#send() // without https there are no locks; a deed sent twice is done once
    } finally {
      this.#busy = false
    }
  }

  #send = async (): Promise<void> => {
    for (let q = nextDeed(this.all); q; q = nextDeed(this.all)) {
      try {
        await this.#one(q)
        await this.drop(q)
      } catch (e) {
        const p = toProblem(e)
        if (waits(p)) return
        const said = p.fields.length ? p.fields.map(fieldWords).join(' ') : faultOf(p).message
        const kept = { ...q, refused: said }
        this.all = this.all.map((x) => (x.key === q!.key ? kept : x))
        await keepDeed(kept).catch(() => {})
      }
    }
  }

  async #one(q: Queued): Promise<void> {
    const d = q.deed
    if (d.kind === 'act') this.came(await doAct(this.stocktake, { ...d.act, ago_ms: agoOf(q.made, stamp()) }))
    else if (d.kind === 'strike') await strike(this.stocktake, d.item, d.reason)
    else await record(this.stocktake, { ...d.line, key: q.key, kind: d.line.kind || (await this.#kindOf(d.line)) })
  }

  /** The kind of a line that was confirmed unread. What was agreed in principle is not
   *  decided: such a line waits for the person to say what it is. */
  async #kindOf(line: Draft): Promise<ItemKind> {
    const read = await readLine(this.stocktake, line.text)
    if (read.ask) throw new Problem(422, 'invalid', t('room.ask_kind'))
    return read.kind || 'decision'
  }

  /** Brings back what an earlier window left, and sends whenever there is hope. */
  follow(): () => void {
    void keptDeeds(this.person, this.stocktake).then((kept) => {
      const here = new Set(this.all.map((q) => q.key))
      this.all = inOrder([...kept.filter((q) => !here.has(q.key)), ...this.all])
      void this.flush()
    }).catch(() => {})
    const go = () => void this.flush()
    const timer = setInterval(() => this.waiting.length && go(), 2_000)
    addEventListener('online', go)
    return () => {
      clearInterval(timer)
      removeEventListener('online', go)
    }
  }
}
