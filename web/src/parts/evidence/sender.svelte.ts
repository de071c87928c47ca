import { once } from '../../api/client'
import { faultOf, toProblem } from '../../api/problem'
import type { Evidence, EvidenceBody } from '../../api/types'
import { fileSize, t } from '../../i18n/index.svelte'
import { hex, maxBytes, patience, pieceBytes, verdict, type Sending } from './model'
import { begin, cancel, finish, sendPiece, stateOf } from './queries'

interface Job {
  file: File
  upload: number
  tries: number
  /** All has arrived and finishing was asked for: its answer may have been lost. */
  whole?: boolean
  key: { 'Idempotency-Key': string }
  stop?: AbortController
  wake?: () => void
}

/** Brings files in piece by piece. A dropped network is waited out; what has
 *  arrived is not sent again, not even after the server starts anew. */
export class Sender {
  list = $state.raw<Sending[]>([])
  #jobs = new Map<number, Job>()
  #next = 1

  constructor(
    readonly target: () => { matter: number; unit: number; body: EvidenceBody },
    readonly arrived: (e: Evidence) => void,
  ) {}

  #set(id: number, change: Partial<Sending>) {
    this.list = this.list.map((s) => (s.id === id ? { ...s, ...change } : s))
  }

  add(files: Iterable<File>): void {
    for (const file of files) {
      const id = this.#next++
      this.list = [...this.list, { id, name: file.name, size: file.size, sent: 0, state: 'hashing', message: '', classified: false }]
      if (file.size > maxBytes) this.#set(id, { state: 'refused', message: t('evidence.too_large', { max: fileSize(maxBytes) }) })
      else {
        this.#jobs.set(id, { file, upload: 0, tries: 0, key: once() })
        void this.#run(id)
      }
    }
  }

  pause(id: number): void {
    this.#set(id, { state: 'paused' })
    this.#jobs.get(id)?.stop?.abort()
  }

  resume(id: number): void {
    const job = this.#jobs.get(id)
    if (job?.wake) job.wake()
    else void this.#run(id)
  }

  drop(id: number): void {
    const job = this.#jobs.get(id)
    job?.stop?.abort()
    this.#jobs.delete(id)
    this.list = this.list.filter((s) => s.id !== id)
    if (job?.upload) cancel(this.target().matter, job.upload).catch(() => undefined) // it expires by itself
  }

  async #run(id: number): Promise<void> {
    const job = this.#jobs.get(id)
    if (!job) return
    job.stop = new AbortController()
    for (;;) {
      try {
        const e = await this.#send(id, job, job.stop.signal)
        this.#jobs.delete(id)
        this.list = this.list.filter((s) => s.id !== id)
        this.arrived(e)
        return
      } catch (e) {
        if (job.stop.signal.aborted || !this.#jobs.has(id)) return
        const p = toProblem(e)
        if (verdict(p).go !== 'wait') {
          this.#jobs.delete(id)
          this.#set(id, { state: 'refused', message: faultOf(p).message, classified: p.code === 'classified' })
          return
        }
        this.#set(id, { state: 'waiting', message: faultOf(p).message })
        await this.#wait(job)
        if (job.stop.signal.aborted || !this.#jobs.has(id)) return
      }
    }
  }

  /** Until the network is back, the time is up, or the reader says so. */
  #wait(job: Job): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        removeEventListener('online', done)
        job.wake = undefined
        resolve()
      }
      const timer = setTimeout(done, patience(job.tries++))
      job.wake = done
      job.stop?.signal.addEventListener('abort', done, { once: true })
      addEventListener('online', done)
    })
  }

  async #send(id: number, job: Job, signal: AbortSignal): Promise<Evidence> {
    const { matter, unit, body } = this.target()
    if (job.whole) return finish(matter, job.upload, body, job.key)
    let at = job.upload ? await stateOf(matter, job.upload) : await begin(matter, unit, job.file, await this.#hash(job.file))
    job.upload = at.id
    this.#set(id, { state: 'sending', sent: at.offset, message: '' })
    while (at.offset < at.size) {
      const from = at.offset
      try {
        at = await sendPiece(`/matters/${matter}/uploads/${at.id}`, from, job.file.slice(from, from + Math.min(pieceBytes, at.piece)), (n) => this.#set(id, { sent: from + n }), signal)
      } catch (e) {
        const v = e instanceof DOMException ? { go: 'away' as const } : verdict(toProblem(e))
        if (v.go !== 'on') throw e
        at = { ...at, offset: v.offset }
      }
      job.tries = 0
      this.#set(id, { sent: at.offset })
    }
    this.#set(id, { state: 'checking' })
    job.whole = true
    return finish(matter, at.id, body, job.key)
  }

  /** The hash the server will compare; only a secure page can tell it. */
  async #hash(file: File): Promise<string> {
    if (!crypto.subtle) return ''
    return hex(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))
  }
}
