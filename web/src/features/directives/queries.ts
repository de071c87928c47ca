import { client, once, take, upload } from '../../api/client'
import { given } from '../../api/given'
import { Problem } from '../../api/problem'
import type { DirectiveSummary, Imported } from '../../api/types'

/** MiB of a file: the server takes no more, so that nobody waits for a long upload to be refused. */
const most = 32

/** Every directive in scope, newest first. */
export function fetchDirectives(): Promise<DirectiveSummary[]> | DirectiveSummary[] {
  return given<{ items: DirectiveSummary[] }>('/directives')?.items ?? take(client.GET('/directives')).then((all) => all.items)
}

/** Sends a file to be read. */
export async function importFile(file: File, progress: (share: number) => void, signal: AbortSignal): Promise<Imported> {
  if (file.size > most << 20) throw new Problem(413, 'too_large', '', 'paper.too_large', { file: file.name, limit: String(most) })
  const form = new FormData()
  form.append('file', file)
  return upload<Imported>('/imports', form, progress, signal)
}

/** Sends pasted text to be read. */
export function importText(title: string, text: string): Promise<Imported> {
  return take(client.POST('/imports', { params: { header: once() }, body: { title, text } }))
}
