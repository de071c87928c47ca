import { session } from '../../api/me.svelte'
import { toProblem, type Problem } from '../../api/problem'
import { alike } from './model'

const pause = 800 // after the last key before it is saved
const again = 3000 // between tries while the server is away

/** What is kept, and how. T is what is typed, P the server's page it belongs to. */
export interface Kept<T, P extends { version: number }> {
  /** Names the text among all that this browser keeps. */
  place: string
  fetch: () => Promise<P>
  save: (mine: T, base: T, version: number) => Promise<P>
  typed: (page: P) => T
  editable: (page: P) => boolean
  merge: (base: T, mine: T, theirs: T) => { value: T; clash: boolean }
}

interface Copy<T> { typed: T; base: T }

/** A text while it is written: in the browser at every key, on the server a moment
 *  later, through a lost network, a reload and a second writer. */
export class Keeper<T, P extends { version: number }> {
  page = $state.raw<P>()
  typed = $state<T>()
  state = $state<'loading' | 'idle' | 'typing' | 'saving' | 'saved' | 'offline' | 'differs'>('loading')
  problem = $state.raw<Problem>()
  #base?: T
  #theirs?: P
  #timer?: ReturnType<typeof setTimeout>
  #sending?: Promise<void>
  #over = false

  constructor(readonly how: Kept<T, P>) {}

  get #key() {
    return `docket.${this.how.place}.${session.me?.person.id ?? 0}`
  }

  /** Opens it and goes on when the network is back; the function it gives closes it. */
  attend(): () => void {
    void this.open()
    addEventListener('online', this.retry)
    return () => {
      removeEventListener('online', this.retry)
      void this.close()
    }
  }

  /** Fetches the page; what was typed and not saved comes back. */
  async open(): Promise<void> {
    this.problem = undefined
    try {
      this.#begin(await this.how.fetch())
    } catch (e) {
      this.problem = toProblem(e)
      if (this.problem.code === 'offline') this.#later(() => this.open(), again)
    }
  }

  /** Shows what the server answered to something else than typing. */
  show(page: P): void {
    this.#forget()
    this.#begin(page)
  }

  #begin(page: P): void {
    const server = this.how.typed(page)
    const copy = this.how.editable(page) ? this.#copy() : undefined
    this.page = page
    this.typed = this.how.typed(page)
    this.#base = server
    this.state = 'idle'
    if (copy) this.#join(copy.base, copy.typed, page)
  }

  /** Something was typed: it is kept here now and on the server a moment later. */
  touch(): void {
    if (!this.page || !this.how.editable(this.page) || alike(this.typed, this.#base)) return
    this.#keep()
    if (this.state === 'differs') return
    if (this.state !== 'offline') this.state = 'typing'
    this.#later(() => this.save(), this.state === 'offline' ? again : pause)
  }

  /** Saves now what is not saved yet; true when the server has everything. */
  async save(): Promise<boolean> {
    clearTimeout(this.#timer)
    await this.#sending
    if (this.page && this.state !== 'differs' && !alike(this.typed, this.#base)) await (this.#sending = this.#send())
    return alike(this.typed, this.#base)
  }

  async #send(): Promise<void> {
    const sent = $state.snapshot(this.typed) as T
    this.state = 'saving'
    try {
      const page = await this.how.save(sent, this.#base!, this.page!.version)
      this.problem = undefined
      this.#join(sent, $state.snapshot(this.typed) as T, page)
      if (alike(this.typed, this.#base)) this.state = 'saved'
    } catch (e) {
      await this.#failed(toProblem(e))
    }
  }

  async #failed(p: Problem): Promise<void> {
    if (p.code === 'offline') {
      this.state = 'offline'
      return this.#later(() => this.save(), again)
    }
    if (p.status !== 412 && p.key !== 'error.conflict' && p.key !== 'store.changed') {
      this.state = 'typing'
      this.problem = p
      return
    }
    const page = await this.how.fetch().catch(() => undefined)
    if (!page) return this.#later(() => this.save(), again)
    this.#join(this.#base!, $state.snapshot(this.typed) as T, page)
  }

  /** Puts what was typed since `base` onto the page as the server has it now. */
  #join(base: T, mine: T, page: P): void {
    const server = this.how.typed(page)
    const { value, clash } = this.how.merge(base, mine, server)
    if (clash) {
      this.typed = mine
      this.#theirs = page
      this.state = 'differs'
      return
    }
    this.page = page
    this.#base = server
    if (!alike(value, $state.snapshot(this.typed))) this.typed = value
    this.state = 'idle'
    if (alike(value, server)) this.#forget()
    else this.touch()
  }

  /** Two texts become one: mine where both wrote, or theirs. */
  settle(how: 'mine' | 'theirs'): void {
    const page = this.#theirs
    if (!page) return
    const mine = this.how.merge(this.#base!, $state.snapshot(this.typed) as T, this.how.typed(page)).value
    this.#theirs = undefined
    this.page = page
    this.#base = this.how.typed(page)
    this.typed = how === 'mine' ? mine : this.how.typed(page)
    this.state = 'idle'
    if (how === 'mine') this.touch()
    else this.#forget()
  }

  /** The network is back. */
  retry = (): void => {
    if (this.state === 'offline') void this.save()
    else if (!this.page) void this.open()
  }

  /** The page closes: what is typed goes out once more. */
  async close(): Promise<void> {
    await this.save()
    this.#over = true
    clearTimeout(this.#timer)
  }

  #later(what: () => Promise<unknown>, ms: number): void {
    clearTimeout(this.#timer)
    if (!this.#over) this.#timer = setTimeout(() => void what(), ms)
  }

  #keep(): void {
    keep(this.#key, { typed: $state.snapshot(this.typed), base: this.#base })
  }

  #forget(): void {
    drop(this.#key)
  }

  #copy(): Copy<T> | undefined {
    return read<Copy<T>>(this.#key)
  }
}

/** Keeps plain data in this browser; a full or forbidden store keeps nothing, and typing goes on. */
export function keep(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // nothing to be done: the server still gets it
  }
}

/** What is kept under a key; undefined for nothing, or what no longer reads. */
export function read<T>(key: string): T | undefined {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? 'null') as T | null) ?? undefined
  } catch {
    return undefined
  }
}

export const drop = (key: string): void => localStorage.removeItem(key)
