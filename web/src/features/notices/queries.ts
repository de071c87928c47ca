import { client, take } from '../../api/client'
import { given } from '../../api/given'
import type { NoticeList } from '../../api/types'

/** What the reader was told, newest first; older than a notice for the next page. */
export function fetchNotices(before = 0): Promise<NoticeList> | NoticeList {
  const query = before ? { before } : {}
  return given<NoticeList>('/notices', query) ?? take(client.GET('/notices', { params: { query } }))
}

/** Marks notices as read: those of ids, and all up to one. Gives how many are left. */
export async function markRead(what: { ids?: number[]; through?: number }): Promise<number> {
  return (await take(client.POST('/notices/read', { body: what }))).unread
}
