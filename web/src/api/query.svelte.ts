import { faultOf, toProblem, type Problem } from './problem'

/** A question: undefined while it need not be asked, and at once what came with the page. */
export type Ask<T> = () => Promise<T> | T | undefined

/** Something asked of the server: its state is what a page's four states show. */
export class Query<T> {
  data = $state.raw<T>()
  problem = $state.raw<Problem>()
  busy = $state(true)
  #turn = 0
  #ask: Ask<T>

  constructor(ask: Ask<T>) {
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

  run(asked: Promise<T> | T | undefined): Promise<void> {
    if (!asked) return Promise.resolve()
    const turn = ++this.#turn
    if (!(asked instanceof Promise)) return Promise.resolve(this.#answered(asked))
    this.busy = true
    return asked.then(
      (data) => {
        if (turn === this.#turn) this.#answered(data)
      },
      (e: unknown) => {
        if (turn !== this.#turn) return
        this.problem = toProblem(e)
        this.busy = false
      },
    )
  }

  #answered(data: T) {
    this.data = data
    this.problem = undefined
    this.busy = false
  }
}

/** Asks now and whenever something the question reads changes; call while a component starts. */
export function query<T>(ask: Ask<T>): Query<T> {
  const q = new Query(ask)
  if (import.meta.env.SSR) void q.run(ask()) // the first view (src/first) is written once and has no effects
  $effect.pre(() => {
    void q.run(ask())
  })
  return q
}
