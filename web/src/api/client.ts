import createClient from 'openapi-fetch'
import { readProblem, toProblem } from './problem'
import type { paths } from './schema'

/** Where the server answers. */
export const base = '/api/v1'

/** Answers asked for while the page's code was still coming, by address. */
const early = new Map<string, Promise<Response>>()

/** Asks now for what index.html announces (the server knows each page's first
 *  questions); ends when all are answered. The first call for one takes its answer over. */
export async function askEarly(): Promise<void> {
  const links = document.querySelectorAll<HTMLLinkElement>('link[rel=preload][as=fetch]')
  for (const { href } of links) early.set(href, fetch(href).then(readAhead))
  await Promise.allSettled(early.values())
}

/** Reads an answer to its end, so that who takes it over does not wait for the event loop:
 *  the rows are there before the first frame is laid out. */
async function readAhead(answer: Response): Promise<Response> {
  const text = await answer.text()
  return Object.assign(answer, { text: async () => text, json: async () => JSON.parse(text) as unknown })
}

/** Takes an early answer over. It is no older than the page: later, and after a
 *  sign-in, the server is asked anew. */
async function ask(request: Request): Promise<Response> {
  const asked = request.method === 'GET' && performance.now() < 30_000 ? early.get(request.url) : undefined
  early.delete(request.url)
  const answer = await asked?.catch(() => undefined)
  return answer && answer.status !== 401 ? answer : fetch(request)
}

/** The generated client: every call is checked against the server's own document. */
export const client = createClient<paths>({ baseUrl: base, credentials: 'same-origin', querySerializer: { array: { style: 'form', explode: false } }, fetch: ask })

let onSignedOut: () => void = () => {}

/** Says what to do when the session has ended under the reader's hands. */
export function whenSignedOut(fn: () => void): void {
  onSignedOut = fn
}

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The body of an answer; throws a Problem for anything but success. */
export async function take<T>(ask: Promise<Answer<T>>): Promise<T> {
  try {
    const { data, error, response } = await ask
    if (response.ok) return data as T
    const problem = readProblem(response.status, error)
    if (response.status === 401) onSignedOut()
    throw problem
  } catch (e) {
    throw toProblem(e)
  }
}

/** The header of an edit that must not overwrite what somebody else wrote. */
export function ifMatch(version: number): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` }
}

/** A key under which a repeated post is done only once. */
export function once(): { 'Idempotency-Key': string } {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return { 'Idempotency-Key': Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('') }
}

/** Sends a form with its progress (0 to 1), which fetch cannot tell. */
export function upload<T>(path: string, form: FormData, progress: (share: number) => void, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    xhr.open('POST', base + path)
    xhr.responseType = 'json'
    xhr.setRequestHeader('Idempotency-Key', once()['Idempotency-Key'])
    xhr.upload.onprogress = (e) => e.lengthComputable && progress(e.loaded / e.total)
    xhr.onload = () => {
      if (xhr.status < 300) resolve(xhr.response as T)
      else {
        if (xhr.status === 401) onSignedOut()
        reject(readProblem(xhr.status, xhr.response))
      }
    }
    xhr.onerror = () => reject(toProblem(new TypeError('network')))
    xhr.onabort = () => reject(new DOMException('', 'AbortError'))
    signal?.addEventListener('abort', () => xhr.abort())
    xhr.send(form)
  })
}
