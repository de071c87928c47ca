import { faultOf, toProblem, type Problem } from './problem'

/** Something asked of the server: its state is what a page's four states show. */
export class Query<T> {
  data = $state.raw<T>()
  problem = $state.raw<Problem>()
  busy = $state(true)
  #turn = 0
  #ask: () => Promise<T> | undefined

  constructor(ask: () => Promise<T> | undefined) {
    this.#ask = ask
  }

  /** What the State part shows when the question failed. */
  get fault() {
    return this.problem ? faultOf(this.problem) : undefined
  }

  /** True until the first answer. */
  get first() {
    return this.busy && this.data === undefined
  }

  /** Asks again; an answer overtaken by a later question is dropped. */
  reload = (): Promise<void> => this.run(this.#ask())

  run(asked: Promise<T> | undefined): Promise<void> {
    if (!asked) return Promise.resolve()
    const turn = ++this.#turn
    this.busy = true
    return asked.then(
      (data) => {
        if (turn !== this.#turn) return
        this.data = data
        this.problem = undefined
        this.busy = false
      },
      (e: unknown) => {
        if (turn !== this.#turn) return
        this.problem = toProblem(e)
        this.busy = false
      },
    )
  }
}

/** Asks now and whenever something the question reads changes; call while a component starts. */
export function query<T>(ask: () => Promise<T> | undefined): Query<T> {
  const q = new Query(ask)
  $effect(() => {
    void q.run(ask())
  })
  return q
}
