import { base, client, once, take, upload } from '../../api/client'
import { given } from '../../api/given'
import { Problem } from '../../api/problem'
import type { Sheet, SheetRow, SheetState } from '../../api/types'

/** MiB of a file: the server takes no more, so that nobody waits for a long upload to be refused. */
const most = 32

const at = (id: number) => ({ path: { id } })

/** The address of a workbook to fill in. */
export function outHref(kind: 'reports' | 'ledger', search = ''): string {
  return `${base}/sheets/${kind}.xlsx${search}`
}

/** The address of the rows that need mending, as a workbook. */
export function faultyHref(id: number): string {
  return `${base}/sheets/${id}/faulty.xlsx`
}

/** Own workbooks brought back, newest first. */
export function fetchSheets(): Promise<Sheet[]> | Sheet[] {
  return given<{ items: Sheet[] }>('/sheets')?.items ?? take(client.GET('/sheets')).then((all) => all.items)
}

/** Brings a workbook back. */
export async function bring(file: File, progress: (share: number) => void): Promise<Sheet> {
  if (file.size > most << 20) throw new Problem(413, 'too_large', '', 'paper.too_large', { file: file.name, limit: String(most) })
  const form = new FormData()
  form.append('file', file)
  return upload<Sheet>('/sheets', form, progress)
}

/** How far one is. */
export function fetchSheet(id: number): Promise<Sheet> {
  return take(client.GET('/sheets/{id}', { params: at(id) }))
}

/** Fifty of its rows. */
export async function fetchRows(id: number, state: SheetState[], after: number): Promise<SheetRow[]> {
  return (await take(client.GET('/sheets/{id}/rows', { params: { ...at(id), query: { state, after, limit: 50 } } }))).items
}

/** What a person does to a row. */
export interface Mend {
  texts?: Record<string, string>
  take?: Record<string, 'mine' | 'theirs'>
  put_back?: string[]
  leave?: boolean
}

export function mend(id: number, row: number, body: Mend): Promise<SheetRow> {
  return take(client.PATCH('/sheets/{id}/rows/{row}', { params: { path: { id, row } }, body }))
}

/** Has rows written: those chosen, or all that are changed. */
export function confirm(id: number, rows: number[], file: boolean): Promise<Sheet> {
  return take(client.POST('/sheets/{id}/confirm', { params: { ...at(id), header: once() }, body: { file, ...(rows.length ? { rows } : {}) } }))
}

/** Throws it away. */
export async function drop(id: number): Promise<void> {
  await take(client.DELETE('/sheets/{id}', { params: at(id) }))
}
