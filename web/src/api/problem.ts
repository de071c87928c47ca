import { say, t, tk } from '../i18n/index.svelte'

/** One fault at a place the person can mend. */
export interface FieldFault {
  field: string
  key: string
  args?: Record<string, string>
  message: string
}

/** A refusal of the server, or its absence (code "offline"). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly key = '',
    readonly args: Record<string, string> = {},
    readonly fields: FieldFault[] = [],
  ) {
    super(detail || code)
  }

  /** The sentence for the reader, in the reader's language. Read where it is shown: sentences
   *  that follow the first frame, or another language, then take its place. */
  get words(): string {
    if (this.code === 'offline') return t('error.offline')
    return say(this.key, this.args) ?? say(`error.${this.code}`) ?? (this.detail || t('error.unknown', { status: this.status }))
  }

  /** The sentences of one field's faults. */
  field(name: string): string {
    return this.fields.filter((f) => f.field === name || f.field === `body.${name}`).map(fieldWords).join(' ')
  }
}

/** The sentence of one field's fault. */
export function fieldWords(f: FieldFault): string {
  return say(f.key, f.args) ?? f.message
}

/** What every page shows of any error. */
export function faultOf(e: unknown): { code: string; message: string } {
  const p = toProblem(e)
  return { code: p.code, message: p.words }
}

/** Reads an answer's body as a problem. */
export function readProblem(status: number, body: unknown): Problem {
  const b = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  const text = (k: string) => (typeof b[k] === 'string' ? (b[k] as string) : '')
  return new Problem(
    status,
    text('code') || codeOfStatus(status),
    text('detail') || text('title'),
    text('key'),
    (b.args as Record<string, string>) ?? {},
    (b.fields as FieldFault[] | undefined) ?? [],
  )
}

/** Any thrown thing as a Problem: a failed fetch means the server cannot be reached. */
export function toProblem(e: unknown): Problem {
  if (e instanceof Problem) return e
  if (e instanceof TypeError) return new Problem(0, 'offline', tk('error.offline'))
  return new Problem(0, 'internal', e instanceof Error ? e.message : String(e))
}

function codeOfStatus(status: number): string {
  const codes: Record<number, string> = {
    401: 'unauthorized', 403: 'forbidden', 404: 'not_found', 409: 'conflict', 412: 'conflict',
    413: 'too_large', 415: 'unsupported', 422: 'invalid', 400: 'invalid', 429: 'rate_limited',
  }
  return codes[status] ?? 'internal'
}
