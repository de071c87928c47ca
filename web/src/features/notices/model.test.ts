import { describe, expect, it } from 'vitest'
import type { Notice, NoticeList } from '../../api/types'
import { byDay, joined, read, sentence, type Say } from './model'

const texts: Record<string, string> = {
  'owe.report': '待报告', 'notice.urge': '催办单 {slip}：{what}，{due} 到期。{words}', 'notice.urge_undated': '催办单 {slip}：{what}。{words}', 'notice.remind': '{what}：{due} 到期。', 'notice.remind_meeting': '《{title}》{what}：{due} 到期。', 'owe.statement': '待报汇报材料',
}
const say: Say = (key, args = {}) => texts[key]?.replace(/\{(\w+)\}/g, (_, name: string) => args[name] ?? '')
const notice = (id: number, more: Partial<Notice> = {}): Notice => ({
  id, kind: 'urge', args: { what: 'report', due: '2026-03-09', slip: '2026-0003', words: '请速报' }, matter: 7, directive: 1, no: '2026-0147', title: '学位', at: '2026-03-05T01:00:00Z', ...more,
})

describe('sentence', () => {
  it('says what is owed in words', () => expect(sentence(notice(1), say)).toBe('催办单 2026-0003：待报告，2026-03-09 到期。请速报'))
  it('leaves out a day that is not fixed', () => expect(sentence(notice(1, { args: { what: 'report', due: '', slip: '2026-0003', words: '' } }), say)).toBe('催办单 2026-0003：待报告。'))
  it('takes the dated sentence where there is no other', () => expect(sentence(notice(1, { kind: 'remind', args: { what: 'report', due: '' } }), say)).toBe('待报告： 到期。'))
  it('names the meeting where there is no matter', () => expect(sentence(notice(1, { kind: 'remind', matter: 0, args: { what: 'statement', due: '2026-03-18', title: '座谈会', stocktake: '2' } }), say)).toBe('《座谈会》待报汇报材料：2026-03-18 到期。'))
  it('shows a gap instead of hiding it', () => expect(sentence(notice(1, { kind: 'overdue', args: { what: 'new' } }), say)).toBe('notice.overdue'))
})

describe('lists', () => {
  const list: NoticeList = { items: [notice(3, { at: '2026-03-05T02:00:00Z' }), notice(2), notice(1, { at: '2026-03-04T01:00:00Z' })], unread: 3 }
  it('groups by day in order', () => expect(byDay(list.items, (at) => at.slice(0, 10)).map((g) => [g.day, g.items.length])).toEqual([['2026-03-05', 2], ['2026-03-04', 1]]))
  it('joins the next page', () => {
    const all = joined({ ...list, next: 1 }, { items: [notice(0)], unread: 3 })
    expect([all.items.map((n) => n.id), all.next]).toEqual([[3, 2, 1, 0], undefined])
  })
  it('marks some as read', () => expect(read(list, 2, 'now', [2]).items.map((n) => n.read)).toEqual([undefined, 'now', undefined]))
  it('marks all as read', () => expect(read(list, 0, 'now').items.every((n) => n.read === 'now')).toBe(true))
})
