import { once } from '../../api/client'
import { session } from '../../api/me.svelte'
import { toProblem, type Problem } from '../../api/problem'
import type { Report, ReportBody, ReportForm } from '../../api/types'
import { dropCopy, findCopy, keepCopy, waitingCopies, type Copy } from './copies'
import { both, sameTyped, typed, type Typed } from './model'
import { fetchForm, fileReport, saveDraft } from './queries'

const pause = 800 // after the last key before it is saved
const again = 3000 // between tries while the server is away

/** A unit's report while it is written: in the browser at every key, on the server a
 *  moment later, through a lost network, a reload and a second writer. */
export class Draft {
  form = $state.raw<ReportForm>()
  typed = $state<Typed>()
  state = $state<'loading' | 'idle' | 'typing' | 'saving' | 'saved' | 'offline' | 'waiting' | 'differs'>('loading')
  problem = $state.raw<Problem>()
  /** What somebody else, or another window, has written meanwhile. */
  theirs = $state.raw<Report>()
  restored = $state(false)
  filed = $state.raw<Report>()
  #base?: Typed
  #sent?: Typed
  #version = 0
  #file?: string
  #timer?: ReturnType<typeof setTimeout>
  #busy = false
  #over = false

  constructor(readonly matter: number, readonly unit: number, readonly blank: Typed) {}

  get #person() {
    return session.me?.person.id ?? 0
  }

  /** Fetches the form; what was typed and not saved comes back. */
  async open(): Promise<void> {
    const copy = findCopy(this.#person, this.matter, this.unit)
    try {
      const form = await fetchForm(this.matter, this.unit)
      this.form = form
      this.#begin(form.report, copy)
    } catch (e) {
      const p = toProblem(e)
      if (p.code !== 'offline') {
        this.problem = p
        return
      }
      this.typed ??= copy ? copy.typed : { ...this.blank }
      this.#version = copy?.version ?? 0
      this.#base = { ...this.blank }
      this.restored ||= !!copy
      this.state = 'offline'
      this.#later(() => this.open(), again)
    }
  }

  #begin(r: Report, copy: Copy | undefined): void {
    const server = typed(r)
    this.#base = server
    this.#version = r.version
    if (this.typed && !sameTyped(this.typed, this.blank)) copy = findCopy(this.#person, this.matter, this.unit) ?? copy // typed while the form was out of reach
    this.typed = copy ? copy.typed : typed(r)
    this.state = 'idle'
    this.restored = !!copy && !sameTyped(copy.typed, server)
    if (!copy || !this.restored) return dropCopy(this.#person, this.matter, this.unit)
    this.#file = copy.file
    const known = copy.version === r.version || (copy.sent && sameTyped(copy.sent, server))
    if (known || !r.id) void this.save()
    else this.#differ(r)
  }

  /** Something was typed: it is kept here now and on the server a moment later. */
  touch(): void {
    if (!this.typed || !this.#base || this.filed) return
    if (sameTyped(this.typed, this.#base)) return
    this.#keep()
    if (this.state === 'differs' || this.state === 'waiting') return
    if (this.state !== 'offline') this.state = 'typing'
    this.#later(() => this.save(), this.state === 'offline' ? again : pause)
  }

  #keep(): void {
    if (!this.typed) return
    keepCopy(this.#person, { matter: this.matter, unit: this.unit, typed: $state.snapshot(this.typed), version: this.#version, at: new Date().toISOString(), sent: this.#sent, file: this.#file })
  }

  #later(what: () => Promise<unknown>, ms: number): void {
    clearTimeout(this.#timer)
    if (!this.#over) this.#timer = setTimeout(() => void what(), ms)
  }

  #body(): ReportBody {
    return { unit: this.unit, ...$state.snapshot(this.typed!), version: this.#version }
  }

  /** Saves now what is not saved yet. */
  async save(): Promise<void> {
    if (!this.typed || !this.#base || this.theirs || this.filed) return
    if (!this.form) return this.open() // begun without a network: first what the server has
    if (this.#file) return this.file()
    if (sameTyped(this.typed, this.#base)) return
    if (this.#busy) return this.#later(() => this.save(), pause)
    clearTimeout(this.#timer)
    await this.#send(async (body) => {
      this.state = 'saving'
      const kept = await saveDraft(this.matter, body)
      this.#version = kept.version
      this.#base = this.#sent
      this.#sent = undefined
      if (sameTyped(this.typed!, this.#base!)) {
        dropCopy(this.#person, this.matter, this.unit)
        this.state = 'saved'
      } else this.touch()
    })
  }

  /** Puts the report before the head; without a network as soon as there is one. */
  async file(): Promise<void> {
    if (!this.typed || this.theirs) return
    if (this.#busy) return this.#later(() => this.file(), 100)
    clearTimeout(this.#timer)
    this.#file ??= once()['Idempotency-Key']
    const key = this.#file
    await this.#send(async (body) => {
      this.state = 'saving'
      const done = await fileReport(this.matter, body, key)
      dropCopy(this.#person, this.matter, this.unit)
      this.#file = undefined
      this.filed = done
    })
  }

  async #send(how: (body: ReportBody) => Promise<void>): Promise<void> {
    this.#busy = true
    this.problem = undefined
    const body = this.#body()
    this.#sent = $state.snapshot(this.typed!)
    this.#keep()
    try {
      await how(body)
    } catch (e) {
      await this.#failed(toProblem(e))
    }
    this.#busy = false
  }

  async #failed(p: Problem): Promise<void> {
    if (p.code === 'offline') {
      this.state = this.#file ? 'waiting' : 'offline'
      return this.#later(() => this.save(), again)
    }
    this.#file = undefined
    this.#keep()
    if (p.status !== 412 && p.key !== 'error.conflict' && p.key !== 'store.changed') {
      this.state = 'typing'
      this.problem = p
      return
    }
    const form = await fetchForm(this.matter, this.unit).catch(() => undefined)
    if (!form) return this.#later(() => this.save(), again)
    this.form = form
    const server = typed(form.report)
    if ((this.#sent && sameTyped(this.#sent, server)) || sameTyped(this.typed!, server)) this.#agree(form.report, this.typed!)
    else this.#differ(form.report)
  }

  #differ(r: Report): void {
    this.theirs = r
    this.state = 'differs'
  }

  #agree(r: Report, next: Typed): void {
    this.theirs = undefined
    this.#version = r.version
    this.#base = typed(r)
    this.typed = next
    this.state = 'idle'
    this.#keep()
    this.#later(() => this.save(), 50)
  }

  /** Two texts become one: mine, theirs, or both. */
  settle(how: 'mine' | 'theirs' | 'both'): void {
    const r = this.theirs
    if (!r || !this.typed) return
    const mine = $state.snapshot(this.typed)
    this.#agree(r, how === 'mine' ? mine : how === 'theirs' ? typed(r) : both(mine, typed(r)))
    if (how === 'theirs') dropCopy(this.#person, this.matter, this.unit)
  }

  /** The network is back. */
  retry = (): void => {
    if (this.state === 'offline' || this.state === 'waiting') void this.save()
  }

  /** The form closes: what is typed goes out once more. */
  async close(): Promise<void> {
    clearTimeout(this.#timer)
    await this.save()
    this.#over = true
    clearTimeout(this.#timer)
  }
}

/** Files what was to be filed while the server was away; how many went out. */
export async function sendWaiting(matter: number): Promise<number> {
  const person = session.me?.person.id ?? 0
  let sent = 0
  for (const { key, copy } of waitingCopies(person, matter)) {
    try {
      await fileReport(matter, { unit: copy.unit, ...copy.typed, version: copy.version }, copy.file!)
      localStorage.removeItem(key)
      sent++
    } catch (e) {
      if (toProblem(e).code !== 'offline') localStorage.setItem(key, JSON.stringify({ ...copy, file: undefined })) // a person must look: the form shows it again
    }
  }
  return sent
}
