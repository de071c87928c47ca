import { once } from '../../api/client'
import { session } from '../../api/me.svelte'
import { toProblem, type Problem } from '../../api/problem'
import { dropCopy, findCopy, keepCopy, type Copy } from './copies'
import { alike, type Merged } from './merge'

const pause = 800 // after the last key before it is saved
const again = 3000 // between tries while the server is away

/** What is kept, and how. T is what is typed, P the server's page it belongs to. */
export interface Kept<T, P> {
  /** Names the text among all that this browser keeps. */
  place: string
  fetch: () => Promise<P>
  /** `base` is what the server had when typing began. */
  save: (mine: T, base: T, version: number) => Promise<P>
  typed: (page: P) => T
  version: (page: P) => number
  editable: (page: P) => boolean
  merge: (base: T, mine: T, theirs: T) => Merged<T>
  /** Both texts in one, where a person may choose that too. */
  both?: (mine: T, theirs: T) => T
  /** What to begin with when the page is out of reach; without it the page is waited for. */
  blank?: T
  /** Lets the text out of hand; the same key counts once, so it may be tried again. */
  finish?: (mine: T, version: number, key: string) => Promise<void>
}

/** A text while it is written: in the browser at every key, on the server a moment
 *  later, through a lost network, a reload, a second window and a second writer. */
export class Keeper<T extends object, P> {
  page = $state.raw<P>()
  typed = $state<T>()
  state = $state<'loading' | 'idle' | 'typing' | 'saving' | 'saved' | 'offline' | 'waiting' | 'differs'>('loading')
  problem = $state.raw<Problem>()
  /** The page as somebody else, or another window, has it, while the two texts differ. */
  theirs = $state.raw<P>()
  /** What was typed and not saved came back. */
  restored = $state(false)
  #server?: T // what the server has
  #saved?: T // the same in the writer's spelling: the server trims, the hand must not be stopped
  #version = 0
  #sent?: T
  #key?: string // of a finish under way
  #done = false
  #timer?: ReturnType<typeof setTimeout>
  #sending?: Promise<void>
  #over = false

  constructor(readonly how: Kept<T, P>) {}

  get #person() {
    return session.me?.person.id ?? 0
  }

  get #unsaved() {
    return !!this.typed && !alike(this.typed, this.#saved)
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
      const p = toProblem(e)
      if (p.code !== 'offline') return void (this.problem = p)
      if (this.how.blank) this.#beginBlank(this.how.blank)
      else this.problem = p
      this.#later(() => this.open(), again)
    }
  }

  #beginBlank(blank: T): void {
    this.state = 'offline'
    if (this.typed) return
    const copy = findCopy(this.#person, this.how.place, blank)
    this.typed = copy?.typed ?? structuredClone(blank)
    this.#server = this.#saved = copy?.base ?? structuredClone(blank)
    this.#version = copy?.version ?? 0
    this.#key = copy?.finish
    this.restored = !!copy
  }

  /** Shows what the server answered to something else than typing. */
  show(page: P): void {
    dropCopy(this.#person, this.how.place)
    this.#begin(page)
  }

  #begin(page: P): void {
    const server = this.how.typed(page)
    const copy = this.how.editable(page) ? findCopy(this.#person, this.how.place, server) : undefined
    this.restored = !!copy && !alike(copy.typed, server)
    this.#key = copy?.finish
    if (!copy) {
      this.#take(page, server)
      this.typed = this.how.typed(page)
      return
    }
    this.page = page
    this.typed = copy.typed
    this.#version = copy.version
    this.#join(copy.sent && alike(copy.sent, server) ? server : copy.base, copy.typed, page)
  }

  #take(page: P, server: T): void {
    this.page = page
    this.#version = this.how.version(page)
    this.#server = this.#saved = server
    this.#sent = undefined
    this.state = 'idle'
  }

  /** Puts what was typed since `base` onto the page as the server has it now. Nobody is
   *  asked where nobody else wrote: the version is the one it was typed upon. */
  #join(base: T, mine: T, page: P): void {
    const server = this.how.typed(page)
    const { value, clash } = this.how.merge(base, mine, server)
    if (clash && this.how.version(page) !== this.#version) {
      this.#server = this.#saved = base
      this.typed = mine
      this.theirs = page
      this.state = 'differs'
      return
    }
    this.#take(page, server)
    if (!alike(value, $state.snapshot(this.typed))) this.typed = value
    this.#next()
  }

  #next(): void {
    if (this.#key) return this.#later(() => this.save(), 0)
    if (this.#unsaved) return this.touch()
    dropCopy(this.#person, this.how.place)
  }

  /** Something was typed: it is kept here now and on the server a moment later. */
  touch(): void {
    if (this.#done || (this.page && !this.how.editable(this.page))) return
    if (!this.#unsaved) return this.#takenBack()
    this.#keep()
    if (this.state === 'differs' || this.state === 'waiting') return
    if (this.state !== 'offline') this.state = 'typing'
    this.#later(() => this.save(), this.state === 'offline' ? again : pause)
  }

  /** What was typed was taken back: the server has everything. */
  #takenBack(): void {
    if (this.state !== 'typing') return
    clearTimeout(this.#timer)
    dropCopy(this.#person, this.how.place)
    this.problem = undefined
    this.state = 'saved'
  }

  /** Saves now what is not saved yet; true when the server has everything. */
  async save(): Promise<boolean> {
    clearTimeout(this.#timer)
    await this.#sending
    if (this.#done || this.state === 'differs') return this.#done
    if (!this.page && this.typed) await this.open() // begun without a network: first what the server has
    if (!this.page || this.theirs) return false
    if (this.#key) await this.finish()
    else if (this.#unsaved) await this.#send(async (mine) => this.#answered(mine, await this.how.save(mine, this.#server!, this.#version)))
    return !this.#unsaved
  }

  /** Lets the text out of hand; without a network as soon as there is one. */
  async finish(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#sending
    if (!this.how.finish || !this.typed || this.theirs || this.#done) return
    const key = (this.#key ??= once()['Idempotency-Key'])
    await this.#send(async (mine) => {
      await this.how.finish!(mine, this.#version, key)
      this.#done = true
      dropCopy(this.#person, this.how.place)
    })
  }

  async #send(how: (mine: T) => Promise<void>): Promise<void> {
    const mine = (this.#sent = $state.snapshot(this.typed) as T)
    this.state = 'saving'
    this.#keep()
    this.#sending = how(mine).then(() => void (this.problem = undefined), (e) => this.#failed(toProblem(e)))
    await this.#sending
  }

  /** The server has what was sent. Its own spelling of it waits until the page is opened anew. */
  #answered(sent: T, page: P): void {
    const server = this.how.typed(page)
    const known = this.how.merge(this.#server!, sent, server).value
    const { value } = this.how.merge(sent, $state.snapshot(this.typed) as T, known)
    this.#take(page, server)
    this.#saved = known
    if (!alike(value, $state.snapshot(this.typed))) this.typed = value
    this.#next()
    if (!this.#unsaved) this.state = 'saved'
  }

  async #failed(p: Problem): Promise<void> {
    if (p.code === 'offline') {
      this.state = this.#key ? 'waiting' : 'offline'
      return this.#later(() => this.save(), again)
    }
    this.#key = undefined
    this.#keep()
    if (p.status !== 412 && p.key !== 'error.conflict' && p.key !== 'store.changed') {
      this.state = 'typing'
      this.problem = p
      return
    }
    const page = await this.how.fetch().catch(() => undefined)
    if (!page) return this.#later(() => this.save(), again)
    const server = this.how.typed(page)
    this.#join(alike(this.#sent, server) ? server : this.#server!, $state.snapshot(this.typed) as T, page)
  }

  /** Two texts become one: mine where both wrote, theirs, or both. */
  settle(how: 'mine' | 'theirs' | 'both'): void {
    const page = this.theirs
    if (!page) return
    const theirs = this.how.typed(page)
    const mine = $state.snapshot(this.typed) as T
    const value = how === 'theirs' ? theirs : how === 'both' && this.how.both ? this.how.both(mine, theirs) : this.how.merge(this.#server!, mine, theirs).value
    this.theirs = undefined
    this.#take(page, theirs)
    this.typed = value
    this.#next()
  }

  /** The network is back. */
  retry = (): void => {
    if (this.state === 'offline' || this.state === 'waiting') void this.save()
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
    const copy: Copy<T> = { typed: $state.snapshot(this.typed) as T, base: this.#server!, version: this.#version, at: new Date().toISOString(), sent: this.#sent, finish: this.#key }
    keepCopy(this.#person, this.how.place, copy)
  }
}
