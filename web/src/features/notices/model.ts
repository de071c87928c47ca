import type { Notice, NoticeList } from '../../api/types'

/** Says a key of the shared sentences; undefined when there is none. */
export type Say = (key: string, args?: Record<string, string>) => string | undefined

/** A notice in words, as mails and robots say it too. */
export function sentence(n: Notice, say: Say): string {
  const what = n.args.what ?? ''
  const args = { ...n.args, what: say(`owe.${what}`) ?? what }
  const key = `notice.${n.kind}`
  const undated = n.args.due ? undefined : say(`${key}_undated`, args)
  const meeting = n.args.stocktake ? say(`${key}_meeting`, args) : undefined
  return (undated ?? meeting ?? say(key, args) ?? key).trim()
}

/** Notices by the day they came, in their order. */
export function byDay(items: Notice[], dayOf: (at: string) => string): { day: string; items: Notice[] }[] {
  const out: { day: string; items: Notice[] }[] = []
  for (const n of items) {
    const day = dayOf(n.at)
    const last = out.at(-1)
    if (last?.day === day) last.items.push(n)
    else out.push({ day, items: [n] })
  }
  return out
}

/** The list with more of it, or with some of it read. */
export function joined(list: NoticeList, next: NoticeList): NoticeList {
  return { ...next, items: [...list.items, ...next.items] }
}

/** The list with the given ones read, or all. */
export function read(list: NoticeList, unread: number, at: string, ids?: number[]): NoticeList {
  return { ...list, unread, items: list.items.map((n) => (n.read || (ids && !ids.includes(n.id)) ? n : { ...n, read: at })) }
}
