import type { LedgerRow, SavedView, ViewQuery } from '../../api/types'

/** The columns the ledger can show, by the names its export knows. */
export const columns = ['no', 'lamp', 'requirement', 'leads', 'supports', 'several', 'due', 'status', 'source', 'clause', 'reason', 'first_due', 'review_on', 'overdue_days'] as const
export type Column = (typeof columns)[number]

/** Those shown until others are chosen. */
export const usual: Column[] = ['no', 'lamp', 'requirement', 'leads', 'supports', 'due', 'status', 'source']

/** Widths in pixels; the matter's own words take what is left, and at least this much. The
 *  browser then need not measure every cell before it places the first. */
export const widths: Record<Column, number> = {
  no: 100, lamp: 116, requirement: 240, leads: 148, supports: 148, several: 148, due: 124, status: 96, source: 148, clause: 110, reason: 200, first_due: 116, review_on: 116, overdue_days: 104,
}

/** The column an order belongs to. */
export const sortOf: Partial<Record<Column, NonNullable<ViewQuery['sort']>>> = { no: 'no', lamp: 'lamp', leads: 'lead', due: 'due', status: 'status', source: 'source' }

export type Group = '' | 'unit' | 'directive' | 'status' | 'lamp'

/** Everything the address of the ledger says. */
export interface Filter extends ViewQuery {
  group: Group
  columns: Column[]
  cursor: string
  page: number
}

const listed = <T extends string>(s: string | null): T[] | undefined => (s ? (s.split(',').filter(Boolean) as T[]) : undefined)

/** Reads the address. */
export function parse(q: URLSearchParams): Filter {
  const text = (k: string) => q.get(k) || undefined
  const number = (k: string) => Number(q.get(k)) || undefined
  const wished = listed<Column>(q.get('columns'))
  const chosen = columns.filter((c) => wished?.includes(c)) // in the table's order
  return {
    directive: number('directive'),
    unit: number('unit'),
    below: q.get('below') === 'true' || undefined,
    role: text('role') as Filter['role'],
    status: listed(q.get('status')),
    lamp: listed(q.get('lamp')),
    level: text('level') as Filter['level'],
    due_from: text('due_from'),
    due_to: text('due_to'),
    text: text('text'),
    sort: text('sort') as Filter['sort'],
    desc: q.get('desc') === 'true' || undefined,
    group: (q.get('group') ?? '') as Group,
    columns: chosen.length ? chosen : usual,
    cursor: q.get('cursor') ?? '',
    page: Number(q.get('page') ?? 1) || 1,
  }
}

/** The filter as the server is asked. */
export function asQuery(f: Filter) {
  const { columns: _columns, page: _page, group, cursor, ...query } = f
  return { ...query, group: group || undefined, cursor: cursor || undefined }
}

/** The address's query for the exported file: the filter and the columns, no page. */
export function exportSearch(q: URLSearchParams, shown: Column[]): string {
  const out = new URLSearchParams(q)
  for (const k of ['cursor', 'page', 'group', 'matter', 'new']) out.delete(k)
  out.set('columns', shown.join(','))
  return '?' + out.toString()
}

/** The changes to the address that show a saved view and nothing of the filter before it. */
export function viewPatch(v: Pick<SavedView, 'query' | 'columns' | 'group'>): Record<string, string | undefined> {
  const q = v.query
  const same = v.columns.length === 0 || v.columns.join() === usual.join()
  return {
    directive: q.directive ? String(q.directive) : undefined, unit: q.unit ? String(q.unit) : undefined, below: q.below ? 'true' : undefined,
    role: q.role, status: q.status?.join(','), lamp: q.lamp?.join(','), level: q.level, due_from: q.due_from, due_to: q.due_to, text: q.text,
    sort: q.sort, desc: q.desc ? 'true' : undefined, group: v.group, columns: same ? undefined : v.columns.join(','), cursor: undefined, page: undefined,
  }
}

/** The filter as a view keeps it. */
export function asView(f: Filter, name: string) {
  const { columns: shown, page: _page, cursor: _cursor, group, ...query } = f
  return { name, query, columns: [...shown], group }
}

/** A list with a value put in or taken out, as the address writes it. */
export function toggled(list: string[] | undefined, value: string): string | undefined {
  const now = list ?? []
  return (now.includes(value) ? now.filter((x) => x !== value) : [...now, value]).join(',') || undefined
}

/** Whether anything narrows the ledger. */
export function narrowed(f: Filter): boolean {
  return !!(f.directive || f.unit || f.role || f.status?.length || f.lamp?.length || f.level || f.due_from || f.due_to || f.text)
}

/** The filter that opens one group. */
export function groupPatch(group: Group, key: string): Record<string, string | undefined> {
  return { group: undefined, cursor: undefined, page: undefined, ...(group ? { [group]: key } : {}) }
}

/** The units of a row that answer for it: leads, or all where each answers for its part. */
export function answering(r: LedgerRow): string[] {
  return (r.leads.length ? r.leads : r.several).map((u) => u.name)
}
