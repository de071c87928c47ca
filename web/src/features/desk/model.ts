import type { Desk, DeskRow } from '../../api/types'

/** Where a row of the desk leads. */
export function rowHref(row: DeskRow): string {
  if (row.matter) return `?matter=${row.matter}`
  return row.act === 'correct' ? `/directives/${row.directive}/correct` : `/directives/${row.directive}`
}

/** What a row says of itself: the act that is owed, or for a matter that waits the
 *  reason of its lamp, which says more than the kind: late in receipt is not late in deed. */
export function said(row: DeskRow, kind: string, reason: string): string[] {
  const plain = reason.replace(/[。.]$/, '')
  if (row.kind === 'reading') return [kind]
  return row.act ? [kind, plain] : [plain || kind]
}

/** The desk without a row that has just been done, counted as done today. */
export function without(desk: Desk, done: DeskRow): Desk {
  const keep = (rows: DeskRow[]) => rows.filter((r) => !(r.kind === done.kind && r.matter === done.matter && r.unit === done.unit && r.directive === done.directive))
  return { ...desk, owed: keep(desk.owed), waiting: keep(desk.waiting), came_back: keep(desk.came_back), done_today: desk.done_today + 1 }
}

/** Heights of the strip of days, 0 to 1, the fullest day being 1. */
export function heights(days: { date: string; count: number }[]): number[] {
  const top = Math.max(1, ...days.map((d) => d.count))
  return days.map((d) => d.count / top)
}
