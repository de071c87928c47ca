import { toProblem } from '../../api/problem'
import { t } from '../../i18n/index.svelte'
import type { Adoption, Clause, DirectivePage, Level, Matter, PatchDirective, PatchMatter, Span, Unit } from '../../api/types'
import { applied, counts, idle, inverse, openNames, shows, type Show } from './model'
import * as server from './queries'

/** One step that can be undone: what to send to each draft, either way. */
interface Step {
  back: [number, PatchMatter][]
  forth: [number, PatchMatter][]
}

/** Waits for the network to come back, or a moment: a server may restart without the browser noticing. */
function connected(): Promise<void> {
  return new Promise((again) => {
    const done = () => {
      clearTimeout(timer)
      removeEventListener('online', done)
      again()
    }
    const timer = setTimeout(done, 3000)
    addEventListener('online', done)
  })
}

/** The workbench of one directive: its text, its drafts, the cursor, what was done. */
export class Bench {
  page = $state.raw<DirectivePage>()
  clauses = $state.raw<Clause[]>([])
  matters = $state.raw<Matter[]>([])
  units = $state.raw<Unit[]>([])
  adoption = $state.raw<Adoption>()
  cursor = $state(0)
  editing = $state(false)
  saving = $state(0)
  fault = $state('')
  show = $state<Show>('all')
  /** Rows under the filter; a row just mended stays until the filter is chosen again. */
  rows = $state.raw<number[]>([])
  #undo = $state.raw<Step[]>([])
  #redo = $state.raw<Step[]>([])
  #queue: Promise<unknown> = Promise.resolve()
  #asking = 0

  readonly byID = $derived(new Map(this.matters.map((m) => [m.id, m])))
  readonly unitByID = $derived(new Map(this.units.map((u) => [u.id, u])))
  readonly counts = $derived(counts(this.matters))
  readonly names = $derived(openNames(this.matters))
  readonly at = $derived(this.byID.get(this.cursor))

  constructor(readonly id: number) {}

  get canUndo() {
    return this.#undo.length > 0
  }
  get canRedo() {
    return this.#redo.length > 0
  }

  /** Asks for everything at once. */
  async load(): Promise<void> {
    const [page, clauses, matters, units] = await Promise.all([
      server.fetchDirective(this.id), server.fetchClauses(this.id), server.fetchMatters(this.id), server.fetchUnits(),
    ])
    Object.assign(this, { page, clauses, matters, units })
    this.askAdoption()
  }

  /** Chooses which rows to see; the cursor goes to the first unless it is among them. */
  choose(show: Show): void {
    this.show = show
    this.rows = this.matters.filter((m) => shows(m, show)).map((m) => m.id)
    if (!this.rows.includes(this.cursor)) this.cursor = this.rows[0] ?? 0
  }

  /** Makes a row visible and moves the cursor to it. */
  goto(id: number): void {
    if (!this.byID.has(id)) return
    if (!this.rows.includes(id)) this.choose('all')
    this.editing = false
    this.cursor = id
  }

  unitName = (id: number): string => this.unitByID.get(id)?.name ?? ''

  /** Changes one draft: shown at once, sent in order, undone with Ctrl Z. */
  change(id: number, patch: PatchMatter): void {
    const m = this.byID.get(id)
    if (!m || idle(m, patch)) return
    this.#undo = [...this.#undo.slice(-99), { back: [[id, inverse(m, patch)]], forth: [[id, patch]] }]
    this.#redo = []
    this.#send(id, patch)
  }

  undo(): void {
    const step = this.#undo.at(-1)
    if (!step) return
    this.#undo = this.#undo.slice(0, -1)
    this.#redo = [...this.#redo, step]
    this.#replay(step.back)
  }

  redo(): void {
    const step = this.#redo.at(-1)
    if (!step) return
    this.#redo = this.#redo.slice(0, -1)
    this.#undo = [...this.#undo, step]
    this.#replay(step.forth)
  }

  #replay(patches: [number, PatchMatter][]): void {
    for (const [id, patch] of patches) this.#send(id, patch)
    if (patches.length === 1) this.goto(patches[0]![0])
  }

  #send(id: number, patch: PatchMatter): void {
    const m = this.byID.get(id)
    if (!m) return
    this.#put(applied(m, patch, this.unitName))
    void this.#do(async () => {
      const now = this.byID.get(id)
      if (now) this.#put(await this.#insist(() => server.patchMatter(this.id, now, patch)))
    })
  }

  /** A correction already shown must not be lost with the network: it is sent again until the server answers. */
  async #insist<T>(send: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await send()
      } catch (e) {
        if (toProblem(e).code !== 'offline') throw e
        this.fault = t('correct.offline')
        await connected()
      }
    }
  }

  /** Settles a written name for every draft at once. */
  settle(name: string, units: number[], alias: boolean, create?: { parent: number; level: Level }): Promise<boolean> {
    return this.#do(async () => {
      const before = this.matters
      const changed = await server.settleName(this.id, name, units, alias, create)
      this.#put(...changed)
      const patches = (from: Matter[]) => changed.flatMap((m): [number, PatchMatter][] => {
        const x = from.find((y) => y.id === m.id)
        return x ? [[m.id, { assignments: inverse(x, { assignments: [] }).assignments }]] : []
      })
      this.#undo = [...this.#undo, { back: patches(before), forth: patches(changed) }]
      this.#redo = []
      if (create) this.units = await server.fetchUnits()
    })
  }

  /** Adds a row from words of the text. */
  add(clauseOrd: number, span: Span, words: string): Promise<boolean> {
    return this.#do(async () => {
      const m = await server.addMatter(this.id, clauseOrd, span, words)
      const place = this.matters.findIndex((x) => x.clause_ord > clauseOrd)
      this.matters = place < 0 ? [...this.matters, m] : [...this.matters.slice(0, place), m, ...this.matters.slice(place)]
      this.choose(this.show === 'aside' ? 'all' : this.show)
      this.goto(m.id)
    })
  }

  /** Changes the front matter. */
  front(body: PatchDirective): Promise<boolean> {
    return this.#do(async () => {
      if (this.page) this.page = await server.patchDirective(this.id, this.page.directive.version, body)
    })
  }

  /** Registers and assigns everything; true when done. */
  adopt(): Promise<boolean> {
    return this.#do(async () => {
      const fresh = await server.fetchAdoption(this.id)
      await server.adopt(this.id, fresh.version)
    })
  }

  #put(...changed: Matter[]): void {
    const next = new Map(changed.map((m) => [m.id, m]))
    this.matters = this.matters.map((m) => next.get(m.id) ?? m)
  }

  /** One write after the other; a conflict reloads what somebody else wrote and says so. */
  #do(work: () => Promise<void>): Promise<boolean> {
    this.saving++
    const run = this.#queue.then(work).then(
      () => {
        this.fault = ''
        this.askAdoption()
        return true
      },
      async (e: unknown) => {
        const p = toProblem(e)
        this.fault = p.status === 412 ? t('correct.conflict') : p.code === 'offline' ? t('error.offline') : [p.words, ...p.fields.map((f) => f.message)].join(' ')
        if (p.status === 412) this.#undo = this.#redo = []
        if (p.code !== 'offline') await this.load().catch(() => {})
        return false
      },
    )
    this.#queue = run.finally(() => this.saving--)
    return run
  }

  /** Asks what adopting would do, once the hand rests. */
  askAdoption(): void {
    clearTimeout(this.#asking)
    this.#asking = window.setTimeout(() => {
      void server.fetchAdoption(this.id).then((a) => (this.adoption = a), () => {})
    }, 250)
  }
}
