// Meetings of the sample city at every point of their life, made through the API as
// the office would: for walks that look at their pages.
import type { Page } from 'playwright-core';
import type { Lang } from './texts';

/** Meetings by number, and a unit that reports at all of them. */
export interface Meetings {
  planned: number;
  convened: number; // of the sample, with statements and a pack
  sitting: number; // a unit is speaking, lines are on the record
  closed: number; // its minutes are out for comment
  speaker: number;
}

interface Meeting { id: number; version: number; title: string; convener: number; slots: { unit: number; name: string; minutes: number }[] }

const words = {
  zh: { place: '市政府三号会议室', planned: '安全生产专题会', sitting: '四季度工作务虚会', closed: '民生实事调度会', topic: '老旧小区改造资金缺口', task: '年底前完成三所学校主体结构封顶', other: '会同财政部门提出资金缺口的解决办法', praise: '学位建设走在前面，予以表扬', note: '有关数据以统计部门口径为准' },
  en: { place: 'Room 3, City Hall', planned: 'Meeting on safety at work', sitting: 'Fourth-quarter symposium', closed: 'Dispatch on works for residents', topic: 'The money lacking for old estates', task: 'Top out three schools by the end of the year', other: 'Say with Finance how the gap in money is closed', praise: 'Places at schools are ahead of the plan: commended', note: 'Figures are those of the statistics office' },
} satisfies Record<Lang, Record<string, string>>;

/** Makes them, signed in as somebody of the office. */
export async function prepare(page: Page, lang: Lang): Promise<Meetings> {
  const say = words[lang];
  const ask = async <T>(path: string, data?: unknown, version?: number): Promise<T> => {
    const url = new URL(`/api/v1${path}`, page.url()).href;
    const answer = data === undefined ? await page.request.get(url) : await page.request.post(url, { data, headers: version === undefined ? {} : { 'If-Match': `"${version}"` } });
    if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`);
    return (await answer.json().catch(() => undefined)) as T;
  };
  const { today } = await ask<{ today: string }>('/me');
  const convened = (await ask<{ items: { id: number }[] }>('/stocktakes')).items[0]!.id;
  const of = await ask<Meeting>(`/stocktakes/${convened}`);
  const [first, second, third] = of.slots;
  const plan = (title: string, begins: string) =>
    ask<Meeting>('/stocktakes', {
      kind: 'dispatch', title, on: today, begins, place: say.place, convener: of.convener, scope: { directives: [], field: '' }, days_before: 0,
      slots: [first, second, third].map((s) => ({ unit: s!.unit, minutes: 8 })), topics: [{ text: say.topic }],
    });
  const sit = async (title: string, begins: string): Promise<number> => {
    const { id, version } = await plan(title, begins);
    const at = `/stocktakes/${id}`;
    await ask(`${at}/convene`, {}, version);
    await ask(`${at}/packs`, {});
    await ask(`${at}/room`, { act: 'open' });
    await ask(`${at}/room`, { act: 'call', unit: first!.unit });
    const line = (key: string, kind: string, text: string, more: object = {}) => ask(`${at}/items`, { key: `${id}-${key}`, kind, unit: first!.unit, text, ...more });
    await line('1', 'decision', say.task, { parties: [{ role: 'lead', units: [first!.unit] }, { role: 'support', units: [second!.unit] }], due: '2099-12-20' });
    await line('2', 'instruction', say.other, { parties: [{ role: 'lead', units: [second!.unit] }] });
    await line('3', 'commendation', say.praise);
    await line('4', 'note', say.note);
    return id;
  };
  const planned = (await plan(say.planned, '16:00')).id;
  const closed = await sit(say.closed, '09:00');
  await ask(`/stocktakes/${closed}/room`, { act: 'close' });
  await ask(`/stocktakes/${closed}/minutes/circulate`, {}, (await ask<{ version: number }>(`/stocktakes/${closed}/minutes`)).version);
  await ask(`/stocktakes/${closed}/minutes/remarks`, { text: say.note });
  await ask(`/stocktakes/${convened}/packs`, {});
  return { planned, convened, sitting: await sit(say.sitting, '14:30'), closed, speaker: first!.unit };
}
