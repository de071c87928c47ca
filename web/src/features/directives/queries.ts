import { client, once, take, upload } from '../../api/client'
import type { DirectiveSummary, Imported } from '../../api/types'

/** Every directive in scope, newest first. */
export async function fetchDirectives(): Promise<DirectiveSummary[]> {
  return (await take(client.GET('/directives'))).items
}

/** Sends a file to be read. */
export function importFile(file: File, progress: (share: number) => void, signal: AbortSignal): Promise<Imported> {
  const form = new FormData()
  form.append('file', file)
  return upload<Imported>('/imports', form, progress, signal)
}

/** Sends pasted text to be read. */
export function importText(title: string, text: string): Promise<Imported> {
  return take(client.POST('/imports', { params: { header: once() }, body: { title, text } }))
}
