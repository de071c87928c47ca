import type { Desk, DeskRow, LedgerGroup } from '../../api/types'

/** Where a row of the desk leads: its matter beside the list, or a page of its own. */
export function rowHref(row: DeskRow): string {
  if (row.act === 'verify' || row.act === 'look_back') return `/verify/${row.matter}`
  if (row.stocktake) return `/stocktakes/${row.stocktake}${row.act === 'slips' ? '' : row.act === 'minutes' ? '/minutes' : `/statements/${row.unit}`}`
  if (row.matter) return `/?matter=${row.matter}`
  return row.act === 'correct' ? `/directives/${row.directive}/correct` : `/directives/${row.directive}`
}

/** Where the one act of a row is done: the matter opens at the right place. */
export function actHref(row: DeskRow): string {
  const href = rowHref(row)
  if (!href.startsWith('/?') || row.act === 'open') return href
  return `${href}&act=${row.act}${row.unit ? `&unit=${row.unit}` : ''}${row.ref ? `&ref=${row.ref}` : ''}`
}

/** Names a row for as long as it is owed. */
export function keyOf(r: DeskRow): string {
  return [r.kind, r.matter ?? 0, r.directive ?? 0, r.stocktake ?? 0, r.unit ?? 0, r.ref].join('-')
}

/** What a row says of itself: the act that is owed, or for a matter that waits the
 *  reason of its lamp, which says more than the kind: late in receipt is not late in deed. */
export function said(row: DeskRow, kind: string, reason: string): string[] {
  const plain = reason.replace(/[。.]$/, '')
  if (row.kind === 'reading' || row.words) return [kind]
  return row.kind === 'overdue' ? [plain || kind] : [kind, plain]
}

/** The desk without a row that has just been done, counted as done today. */
export function without(desk: Desk, done: DeskRow): Desk {
  const keep = (rows: DeskRow[]) => rows.filter((r) => keyOf(r) !== keyOf(done))
  return { ...desk, owed: keep(desk.owed), waiting: keep(desk.waiting), came_back: keep(desk.came_back), done_today: desk.done_today + 1 }
}

/** Heights of the strip of days, 0 to 1, the fullest day being 1. */
export function heights(days: { date: string; count: number }[]): number[] {
  const top = Math.max(1, ...days.map((d) => d.count))
  return days.map((d) => d.count / top)
}

/** Units at a glance: those with something to act on first, then the largest. */
export function worstFirst(groups: LedgerGroup[], many = 12): LedgerGroup[] {
  const weight = (g: LedgerGroup) => (g.lamps['act'] ?? 0) * 1e6 + (g.lamps['watch'] ?? 0) * 1e3 + g.total
  return [...groups].sort((a, b) => weight(b) - weight(a)).slice(0, many)
}
