import { client, once, take } from '../../api/client'
import { toProblem } from '../../api/problem'
import type { DeskRow, MatterPage, UploadState } from '../../api/types'
import { pieceBytes, verdict } from '../../parts/evidence/model'
import { sendPiece } from '../../parts/evidence/queries'
import type { Filing } from './model'
import type { Shot } from './photo'

/** What waits for this person to be seen: claims, and looks back. */
export async function fetchTasks(): Promise<DeskRow[]> {
  return (await take(client.GET('/desk'))).waiting.filter((r) => r.act === 'verify' || r.act === 'look_back')
}

/** A matter with everything its form needs. */
export function fetchMatter(id: number): Promise<MatterPage> {
  return take(client.GET('/matters/{id}', { params: { path: { id } } }))
}

/** Files a form; sent twice under its key, it counts once. */
export async function file(f: Filing): Promise<void> {
  await take(client.POST('/matters/{id}/verifications', { params: { path: { id: f.matter }, header: { 'Idempotency-Key': f.key } }, body: f.body }))
}

/** Sends a photo of a form to be filed. What has arrived before is not sent again. */
export async function sendPhoto(matter: number, s: Shot, bytes: ArrayBuffer, share: (n: number) => void): Promise<void> {
  let at: UploadState = await take(client.POST('/matters/{id}/photos', { params: { path: { id: matter } }, body: { name: s.name, size: s.size, sha256: s.sha256 } }))
  for (let misses = 0; at.offset < at.size; ) {
    const from = at.offset
    try {
      at = await sendPiece(`/matters/${matter}/photos/${at.id}`, from, new Blob([bytes.slice(from, from + Math.min(pieceBytes, at.piece))]), (n) => share((from + n) / s.size))
    } catch (e) {
      const v = verdict(toProblem(e))
      if (v.go !== 'on' || misses++ > 3) throw e
      at = { ...at, offset: v.offset } // another window sends it too
    }
  }
}

/** A key of a form's own. */
export function newKey(): string {
  return once()['Idempotency-Key']
}
