import { base, client, ifMatch, once, take } from '../../api/client'
import { readProblem, toProblem } from '../../api/problem'
import type { Evidence, EvidenceBody, EvidenceList, EvidencePreview, UploadState } from '../../api/types'

/** A matter's evidence. */
export function fetchEvidence(matter: number): Promise<EvidenceList> {
  return take(client.GET('/matters/{id}/evidence', { params: { path: { id: matter } } }))
}

/** Announces a file; an unfinished one of the same hash goes on where it stopped. */
export function begin(matter: number, unit: number, file: File, sha256: string): Promise<UploadState> {
  const body = { unit, name: file.name, size: file.size, ...(sha256 ? { sha256 } : {}) }
  return take(client.POST('/matters/{id}/uploads', { params: { path: { id: matter }, header: once() }, body }))
}

/** How much of an upload has arrived. */
export function stateOf(matter: number, upload: number): Promise<UploadState> {
  return take(client.GET('/matters/{id}/uploads/{uid}', { params: { path: { id: matter, uid: upload } } }))
}

/** Drops an upload. */
export function cancel(matter: number, upload: number): Promise<unknown> {
  return take(client.DELETE('/matters/{id}/uploads/{uid}', { params: { path: { id: matter, uid: upload } } }))
}

/** Makes evidence of a whole upload; the same key again gives the same answer. */
export function finish(matter: number, upload: number, body: EvidenceBody, key: { 'Idempotency-Key': string }): Promise<Evidence> {
  return take(client.POST('/matters/{id}/uploads/{uid}/finish', { params: { path: { id: matter, uid: upload }, header: key }, body }))
}

/** Describes a piece anew. */
export function describe(e: Evidence, body: EvidenceBody): Promise<Evidence> {
  return take(client.PATCH('/matters/{id}/evidence/{eid}', { params: { path: { id: e.matter, eid: e.id }, header: ifMatch(e.version) }, body }))
}

/** Takes a piece back. */
export function remove(e: Evidence): Promise<unknown> {
  return take(client.DELETE('/matters/{id}/evidence/{eid}', { params: { path: { id: e.matter, eid: e.id } } }))
}

/** How a piece can be shown; of a text, its start. */
export function fetchPreview(e: Evidence): Promise<EvidencePreview> {
  return take(client.GET('/matters/{id}/evidence/{eid}/preview', { params: { path: { id: e.matter, eid: e.id } } }))
}

/** Where a page of a piece stands as a picture. */
export function pageOf(e: Evidence, page: number, full: boolean): string {
  return `${base}/matters/${e.matter}/evidence/${e.id}/pages/${page}${full ? '?full=true' : ''}`
}

/** Where the file itself stands. */
export function fileOf(e: Evidence): string {
  return `${base}/matters/${e.matter}/evidence/${e.id}/content`
}

/** Sends a piece of the upload at a path with its progress in bytes, which fetch cannot tell. */
export function sendPiece(path: string, offset: number, piece: Blob, sent: (bytes: number) => void, signal?: AbortSignal): Promise<UploadState> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    xhr.open('PATCH', `${base}${path}?offset=${offset}`)
    xhr.responseType = 'json'
    xhr.setRequestHeader('Content-Type', 'application/octet-stream')
    xhr.upload.onprogress = (e) => sent(e.loaded)
    xhr.onload = () => (xhr.status < 300 ? resolve(xhr.response as UploadState) : reject(readProblem(xhr.status, xhr.response)))
    xhr.onerror = () => reject(toProblem(new TypeError('network')))
    xhr.onabort = () => reject(new DOMException('', 'AbortError'))
    if (signal?.aborted) return reject(new DOMException('', 'AbortError'))
    signal?.addEventListener('abort', () => xhr.abort(), { once: true })
    xhr.send(piece)
  })
}
