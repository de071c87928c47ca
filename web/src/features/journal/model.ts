/** What the address of the journal narrows it to. */
export interface Filter {
  matter?: string
  unit?: number
  person?: number
  verb?: string
  from?: string
  to?: string
}

/** Reads the address. */
export function parse(q: URLSearchParams): Filter {
  return {
    matter: q.get('no')?.trim() || undefined, unit: Number(q.get('unit')) || undefined, person: Number(q.get('person')) || undefined,
    verb: q.get('verb') || undefined, from: q.get('from') || undefined, to: q.get('to') || undefined,
  }
}

/** The same for the exported file. */
export function exportSearch(f: Filter): string {
  const out = new URLSearchParams()
  for (const [k, v] of Object.entries(f)) if (v) out.set(k, String(v))
  const text = out.toString()
  return text ? '?' + text : ''
}

/** Whether anything narrows the journal. */
export function narrowed(f: Filter): boolean {
  return Object.values(f).some(Boolean)
}
