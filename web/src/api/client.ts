import createClient from 'openapi-fetch'
import { readProblem, toProblem } from './problem'
import type { paths } from './schema'

/** Where the server answers. */
export const base = '/api/v1'

/** The generated client: every call is checked against the server's own document. */
export const client = createClient<paths>({ baseUrl: base, credentials: 'same-origin', querySerializer: { array: { style: 'form', explode: false } } })

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
