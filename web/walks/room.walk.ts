// A meeting in its room on several screens: the secretary's keys, the projector in
// step, a network that drops, a server that restarts, two who decide the same.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enter, signIn } from './acts';
import { launch, open, phone, shoot, violations } from './browser';
import { type Server, serve } from './server';
import { sentence, text } from './texts';
import { misspoken } from './words';

const zh = 'zh' as const;
/** What the browser says of a server that is away, or that refuses as it should. */
const expected = /status of (401|409|422)|ERR_|Failed to load/;

let browser: Browser;
let server: Server;
let room: Page; // the secretary
let wall: Page; // the projector
let meeting = 0;
const faults: string[][] = [];

interface Named { id: number; name: string }

/** Asks the API as the page's person. */
async function api<T>(page: Page, method: string, path: string, body?: unknown, version?: number): Promise<T> {
  const answer = await page.evaluate(
    async ([m, p, b, v]) => {
      const headers: Record<string, string> = { 'Content-Type': 'application/json' };
      if (v !== undefined) headers['If-Match'] = `"${v}"`;
      const r = await fetch(`/api/v1${p}`, { method: m as string, headers, body: b === undefined ? undefined : JSON.stringify(b) });
      return { ok: r.ok, text: await r.text() };
    },
    [method, path, body, version] as const,
  );
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.text}`);
  return (answer.text ? JSON.parse(answer.text) : undefined) as T;
}

interface Slot { unit: number; name: string; state: string; late: boolean; minutes: number; spent: number; began?: string }
interface Item { id: number; kind: string; text: string; no: string; struck?: string; leads: number[]; due: string }
interface Room { slots: Slot[]; items: Item[]; status: string; topics: { key: string; item: number }[] }

const state = () => api<Room>(wall, 'GET', `/stocktakes/${meeting}/room`);
const slot = async (name: string) => (await state()).slots.find((s) => s.name.endsWith(name))!;
const lines = async () => (await state()).items.filter((i) => !i.struck).map((i) => i.text);
const box = () => room.getByRole('textbox', { name: text(zh, 'room.line') });
const row = (name: string) => room.locator('.agenda li[data-unit]').filter({ hasText: name });
const nothingWaits = () => expect.poll(() => room.locator('[data-waits]').count()).toBe(0);

/** Types a line and confirms it, once it was read. */
async function say(words: string): Promise<void> {
  await room.keyboard.type(words);
  await room.locator('.chips:not(.reading)').waitFor();
  await room.keyboard.press('Enter');
  await expect.poll(() => box().inputValue()).toBe('');
}

beforeAll(async () => {
  browser = await launch();
  server = await serve('sqlite', '--sample', 'zh');
  for (const size of [{ width: 1440, height: 900 }, { width: 1920, height: 1080 }]) {
    const one = await open(browser, size, 'zh-CN', { reducedMotion: 'reduce' }, expected);
    one.page.setDefaultTimeout(15_000);
    faults.push(one.faults);
    if (room) wall = one.page;
    else room = one.page;
  }
  await enter({ page: room, lang: zh }, server.linkFor('duban'));
  await signIn({ page: wall, lang: zh }, server.url, 'duban');
  meeting = await convene('四季度工作务虚会', ['市教育局', '市交通运输局', '市卫生健康委员会', '市住房和城乡建设局']);
});
afterAll(async () => {
  await browser.close();
  await server?.stop();
});

/** Plans and convenes a meeting of today with a frozen pack, as the office does. */
async function convene(title: string, names: string[]): Promise<number> {
  const units = (await api<{ items: Named[] }>(room, 'GET', '/units')).items;
  const people = (await api<{ items: { id: number; login: string }[] }>(room, 'GET', '/people')).items;
  const { today } = await api<{ today: string }>(room, 'GET', '/me');
  const slots = names.map((n) => ({ unit: units.find((u) => u.name === '云州' + n)!.id, minutes: 8 }));
  const planned = await api<{ id: number; version: number }>(room, 'POST', '/stocktakes', {
    kind: 'symposium', title, on: today, begins: '09:30', place: '市政府三号会议室', convener: people.find((p) => p.login === 'leader')!.id,
    scope: { directives: [], field: '' }, days_before: 0, slots, topics: [{ text: '老旧小区改造资金缺口' }, { text: '学位建设用地' }],
  });
  await api(room, 'POST', `/stocktakes/${planned.id}/convene`, {}, planned.version);
  await api(room, 'POST', `/stocktakes/${planned.id}/packs`, {});
  return planned.id;
}

test('what a unit promises in its statement goes on the record by two keys', async ({ onTestFailed }) => {
  onTestFailed(() => shoot(room, 'room-pledge'));
  const coming = (await api<{ items: { id: number; status: string }[] }>(room, 'GET', '/stocktakes')).items.find((s) => s.status === 'convened' && s.id !== meeting)!.id;
  await api(room, 'POST', `/stocktakes/${coming}/room`, { act: 'open' });
  await room.goto(`${server.url}/stocktakes/${coming}/room`);
  await room.getByRole('heading', { name: text(zh, 'room.pledges') }).waitFor(); // of who comes next
  await room.keyboard.press('Alt+m');
  await expect.poll(() => box().inputValue()).not.toBe('');
  const promise = await box().inputValue();
  await room.locator('.chips:not(.reading)').waitFor();
  await room.keyboard.press('Enter');
  const record = () => api<{ slots: { unit: number }[]; items: { kind: string; text: string; no: string; leads: number[] }[] }>(room, 'GET', `/stocktakes/${coming}/room`);
  await expect.poll(async () => (await record()).items.length).toBe(1);
  const { slots, items: [line] } = await record();
  expect(line).toMatchObject({ kind: 'commitment', text: promise, leads: [slots[0]!.unit] });
  expect(line!.no).not.toBe('');
  await room.getByText(text(zh, 'room.pledged')).waitFor();
});

describe('one meeting', () => {
  test('it is opened by a key, and the projector follows', async () => {
    await wall.goto(`${server.url}/stocktakes/${meeting}/screen`);
    await wall.getByRole('heading', { name: '四季度工作务虚会' }).waitFor();
    await room.goto(`${server.url}/stocktakes/${meeting}/room`);
    await box().waitFor();
    await room.keyboard.press('Alt+o');
    await room.getByRole('dialog').waitFor();
    await room.keyboard.press('Enter');
    await wall.getByText(text(zh, 'room.next')).waitFor(); // between units: who comes next
    await wall.getByRole('heading', { name: '市教育局' }).waitFor();
  });

  test('units are called in turn; one is absent and comes late; the order and the minutes change', async () => {
    await room.keyboard.press('Enter');
    await wall.getByRole('timer').waitFor();
    await expect.poll(async () => (await slot('市教育局')).state).toBe('speaking');
    await room.keyboard.press('+');
    await expect.poll(async () => (await slot('市教育局')).minutes).toBe(9);
    await room.keyboard.press('Escape');
    await expect.poll(async () => (await slot('市教育局')).state).toBe('spoken');

    await row('市交通运输局').and(room.locator('.at')).waitFor(); // the next stands ready
    await room.keyboard.press('Delete');
    await expect.poll(async () => (await slot('市交通运输局')).state).toBe('absent');
    await room.keyboard.press('Alt+j');
    await row('市住房和城乡建设局').and(room.locator('.at')).waitFor();
    await room.keyboard.press('Alt+ArrowUp');
    await expect.poll(async () => (await state()).slots.map((s) => s.name)[2]).toContain('市住房和城乡建设局');
    await room.keyboard.press('Alt+k');
    await row('市交通运输局').and(room.locator('.at')).waitFor();
    await room.keyboard.press('Enter');
    await expect.poll(async () => (await slot('市交通运输局')).late).toBe(true);
    await wall.getByRole('heading', { name: '市交通运输局' }).waitFor();
  });

  test('a clock that runs over says so in shape and words', async () => {
    await wall.clock.setSystemTime(Date.now() + 7.5 * 60_000);
    await wall.getByRole('timer', { name: text(zh, 'room.clock_last') }).waitFor();
    await wall.clock.setSystemTime(Date.now() + 12 * 60_000);
    await wall.getByRole('timer', { name: text(zh, 'room.clock_over') }).waitFor();
    expect(await wall.locator('.time').innerText()).toMatch(/^\+[45]:/);
    await shoot(wall, 'room-over');
    await wall.reload(); // the clock of this picture is put right by the server's
    await wall.getByRole('timer', { name: text(zh, 'room.clock_calm') }).waitFor();
  });

  test('a decision is read while it is typed, and is a matter and on the wall at Enter', async () => {
    await room.keyboard.type('市教育局会同市财政局2097年3月20日前建成3所学校');
    await room.locator('.chip.unit').filter({ hasText: '市教育局' }).waitFor();
    await room.locator('.chip.unit').filter({ hasText: '市财政局' }).waitFor();
    expect(await room.getByLabel(text(zh, 'room.due')).last().inputValue()).toBe('2097-03-20');
    await shoot(room, 'room-typing');
    await room.keyboard.press('Enter');
    await wall.locator('.decided').filter({ hasText: '建成3所学校' }).waitFor();
    await shoot(wall, 'room-decided');
    await nothingWaits();
    const item = (await state()).items.at(-1)!;
    expect([item.kind, item.due, item.no !== '', item.leads.length]).toEqual(['decision', '2097-03-20', true, 1]);
    const shown = await wall.locator('.decided').textContent(); // what stands beside it runs not into it
    expect(shown).toContain(` ${item.no}`);
    expect(shown).toMatch(/\s\+ \S+ 2097-03-20/);
  });

  test('an unknown unit is shown before Enter, holds the line, and is mended by keys', async () => {
    await room.keyboard.type('市数字局2097年1月底前上线平台');
    await room.getByText(text(zh, 'room.unknown', { name: '市数字局' })).first().waitFor();
    await room.keyboard.press('Enter');
    expect(await box().inputValue()).not.toBe('');
    await room.keyboard.press('Enter'); // the focus stands on the unknown name: open it
    await expect.poll(() => room.evaluate(() => !!document.activeElement?.closest('.picking'))).toBe(true);
    expect(await room.getByText(text(zh, 'room.unknown', { name: '市数字局' })).count()).toBe(1);
    const pick = room.getByRole('combobox', { name: text(zh, 'room.pick_unit') });
    await pick.fill('市财政局');
    await pick.press('Enter');
    await room.locator('.chip.unit').filter({ hasText: '市财政局' }).waitFor();
    await expect.poll(() => box().evaluate((n) => n === document.activeElement)).toBe(true);
    expect(await room.locator('.doubts .bad').count()).toBe(0);
    await room.keyboard.press('Enter');
    await expect.poll(lines).toContain('市数字局2097年1月底前上线平台');
    await nothingWaits();
  });

  test('a day gone by is refused before Enter and mended on its chip', async () => {
    await room.keyboard.type('市财政局2020年1月20日前拨付资金');
    await room.locator('.doubts .bad').waitFor();
    await room.keyboard.press('Enter');
    const due = room.locator('[data-chip=due]');
    await expect.poll(() => due.evaluate((n) => n === document.activeElement)).toBe(true);
    await due.fill('2097-02-20');
    await room.keyboard.press('Enter');
    await expect.poll(lines).toContain('市财政局2020年1月20日前拨付资金');
    expect((await state()).items.at(-1)!.due).toBe('2097-02-20');
  });

  test('a line nobody answers for and one too long are held before they are sent', async () => {
    await room.keyboard.type('2097年3月底前完成校舍检修');
    await room.locator('.chips:not(.reading)').waitFor();
    await room.keyboard.press('Enter');
    const add = room.locator('[data-chip=add]');
    await expect.poll(() => add.evaluate((n) => n === document.activeElement)).toBe(true);
    await room.getByText(sentence(zh, 'adopt.no_lead')).waitFor();
    expect(await box().inputValue()).not.toBe('');
    await room.keyboard.press('Enter');
    await room.keyboard.type('市教育局');
    await room.keyboard.press('Enter');
    await room.locator('.chip.unit').filter({ hasText: '市教育局' }).waitFor();
    await room.keyboard.press('Enter');
    await expect.poll(lines).toContain('2097年3月底前完成校舍检修');

    await box().fill('长'.repeat(2001));
    await room.keyboard.press('Enter');
    await room.getByText(sentence(zh, 'stocktake.long_line', { max: '2000' })).waitFor();
    expect((await box().inputValue()).length).toBe(2001);
    expect(await room.locator('[data-waits]').count()).toBe(0);
    await box().fill('');
  });

  test('a line that only the server can refuse comes back to be mended', async () => {
    await say('市教育局2097年3月20日前建成3所学校；');
    await say('市教育局2097年3月20日前建成3所学校');
    const again = room.locator('.refused');
    await again.waitFor();
    await again.getByRole('button', { name: text(zh, 'room.mend') }).click();
    expect(await box().inputValue()).toBe('市教育局2097年3月20日前建成3所学校');
    await expect.poll(() => room.locator('[data-waits]').count()).toBe(0);
    await box().fill('');
  });

  test('agreed in principle is not approved: the kind is asked', async () => {
    await room.keyboard.type('原则同意市住房和城乡建设局的改造方案');
    await room.getByText(text(zh, 'room.ask_kind')).first().waitFor();
    await room.keyboard.press('Enter');
    expect(await box().inputValue()).not.toBe('');
    await room.keyboard.press('Alt+5');
    await room.keyboard.press('Enter');
    await expect.poll(async () => (await state()).items.at(-1)!.kind).toBe('principle');
    expect((await state()).items.at(-1)!.no).toBe('');
  });

  test('a commendation, a promise of who speaks, and one of the leader’s own', async () => {
    await say('表扬市教育局工作扎实');
    await expect.poll(async () => (await state()).items.at(-1)!.kind).toBe('commendation');

    await room.keyboard.type('2097年2月底前开通两条公交线路');
    await room.keyboard.press('Alt+3');
    await room.locator('.chip.unit').filter({ hasText: '市交通运输局' }).waitFor(); // who has the floor leads
    await room.keyboard.press('Enter');
    await expect.poll(async () => (await state()).items.at(-1)!.text).toContain('公交线路');
    const promised = (await state()).items.at(-1)!;
    expect([promised.kind, promised.leads]).toEqual(['commitment', [(await slot('市交通运输局')).unit]]);

    await room.keyboard.type('2097年1月底前协调解决用地指标');
    await room.keyboard.press('Alt+l');
    await room.locator('.chips:not(.reading)').waitFor();
    await room.keyboard.press('Enter');
    await expect.poll(async () => (await state()).items.at(-1)!.text).toContain('用地指标');
    expect((await state()).items.at(-1)!.no).toBe('');
  });

  test('a line is struck with a reason', async () => {
    await room.keyboard.press('Alt+z');
    await room.getByRole('dialog').getByRole('textbox').fill('重复记录');
    await room.keyboard.press('Enter');
    await room.locator('.struck').filter({ hasText: '用地指标' }).waitFor();
    expect(await lines()).not.toContain('2097年1月底前协调解决用地指标');
  });

  test('without a network three lines and a call wait, and then are there once, in order, and the clock stood when it was stopped', async () => {
    const began = Date.parse((await slot('市交通运输局')).began!);
    const before = (await slot('市交通运输局')).spent;
    await room.context().setOffline(true);
    await row('市交通运输局').and(room.locator('.speaking')).waitFor();
    await room.keyboard.press('Escape');
    const stopped = Date.now();
    await row('市交通运输局').and(room.locator('.spoken')).waitFor(); // shown at once
    const said = ['市教育局2097年4月底前完成校舍检修', '市财政局2097年4月底前落实配套资金', '市水务局2097年4月底前完成管网清淤'];
    for (const s of said) {
      await room.keyboard.type(s);
      await room.keyboard.press('Enter');
      await room.locator('[data-waits]').filter({ hasText: s }).waitFor();
    }
    await room.locator('.net').filter({ hasText: /4/ }).waitFor();
    await shoot(room, 'room-offline');
    await expect.poll(() => Date.now() - stopped, { timeout: 10_000 }).toBeGreaterThan(3_000);
    await room.context().setOffline(false);
    await nothingWaits();
    const now = await lines();
    expect(now.slice(-3)).toEqual(said);
    expect(now.filter((x) => said.includes(x))).toHaveLength(3);
    await expect.poll(async () => (await slot('市交通运输局')).state).toBe('spoken');
    const off = (await slot('市交通运输局')).spent - before - (stopped - began); // server and browser are one machine here
    expect(Math.abs(off)).toBeLessThan(1_500);
  });

  test('a line closed away with its window is there when it opens again, and arrives', async () => {
    await room.context().setOffline(true);
    await room.keyboard.type('市财政局2097年5月底前清算专项资金');
    await room.keyboard.press('Enter');
    await room.locator('[data-waits]').waitFor();
    await room.keyboard.type('还没有打完的一行');
    await expect.poll(() => room.evaluate(typed)).toContain('还没有打完的一行');
    await room.context().setOffline(false);
    await room.goto(`${server.url}/stocktakes/${meeting}/room`);
    await expect.poll(lines).toContain('市财政局2097年5月底前清算专项资金');
    await expect.poll(() => box().inputValue()).toBe('还没有打完的一行');
    await box().fill('');
  });

  test('the server restarts: what is decided meanwhile arrives, and the wall catches up by itself', async () => {
    await server.restart(async () => {
      await room.keyboard.type('市教育局2097年6月底前新增学位两千个');
      await room.keyboard.press('Enter');
      await room.locator('[data-waits]').waitFor();
      await wall.getByText(text(zh, 'room.lost')).waitFor();
    });
    await wall.locator('.decided').filter({ hasText: '新增学位两千个' }).waitFor({ timeout: 30_000 });
    await nothingWaits();
    expect((await lines()).filter((x) => x.includes('新增学位两千个'))).toHaveLength(1);
    expect(await wall.locator('.net').innerText()).toBe('');
  });

  test('two decide the same topic: the second is told by whom, and may drop hers', async () => {
    const other = await open(browser, undefined, 'zh-CN', {}, expected);
    await signIn({ page: other.page, lang: zh }, server.url, 'duban');
    await other.page.goto(`${server.url}/stocktakes/${meeting}/room`);
    await other.page.getByRole('textbox', { name: text(zh, 'room.line') }).waitFor();
    await other.page.keyboard.press('Alt+t');
    await other.page.keyboard.type('市财政局2097年3月底前补足改造资金');
    await other.page.locator('.chips:not(.reading)').waitFor();
    await other.page.context().setOffline(true); // both hold the same topic open
    await other.page.keyboard.press('Enter');
    await other.page.locator('[data-waits]').waitFor();

    await box().focus();
    await room.keyboard.press('Alt+t');
    await say('市财政局2097年4月底前拿出改造资金方案');
    await nothingWaits();
    await expect.poll(async () => (await state()).topics.filter((x) => x.item).length).toBe(1);
    await other.page.context().setOffline(false);
    const refused = other.page.locator('.refused');
    await refused.waitFor();
    expect(await refused.locator('.why').innerText()).toMatch(sentence(zh, 'stocktake.recorded'));
    await refused.getByRole('button', { name: text(zh, 'room.drop') }).click();
    await expect.poll(() => other.page.locator('[data-waits]').count()).toBe(0);
    expect(await lines()).not.toContain('市财政局2097年3月底前补足改造资金');
    expect(other.faults).toEqual([]);
    await other.page.context().close();
  });

  test('the pages stand in both widths and colours, in their language, with nothing axe finds', async () => {
    const wrong: string[] = [];
    await box().focus();
    await room.keyboard.type('市教育局会同市数字局2097年3月20日前建成3所学校');
    await room.locator('.chip.unknown').waitFor();
    await row('市住房和城乡建设局').locator('.who').click();
    await row('市住房和城乡建设局').getByRole('button', { name: text(zh, 'room.call') }).click();
    await wall.getByRole('timer').waitFor();
    const paper = await wall.context().newPage();
    await paper.goto(`${server.url}/stocktakes/${meeting}/packs/0`);
    await paper.locator('.sheet').first().waitFor();
    for (const [name, page] of Object.entries({ room, wall, paper })) {
      const size = page.viewportSize()!;
      for (const colorScheme of ['light', 'dark'] as const) {
        for (const view of [size, phone]) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          await page.setViewportSize(view);
          await shoot(page, `room-${name}-${colorScheme}-${view.width}`);
          wrong.push(...(await violations(page)).map((v) => `${name} ${colorScheme} ${view.width}: ${v}`));
          const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          if (sideways > 0) wrong.push(`${name} ${view.width} scrolls sideways by ${sideways}`);
        }
      }
      await page.setViewportSize(size);
      wrong.push(...(await misspoken(page, zh)).map((w) => `${name}: ${w}`));
    }
    await paper.emulateMedia({ media: 'print' });
    await paper.setViewportSize({ width: 672, height: 1000 }); // what A4 leaves between its margins
    const beyond = () => paper.evaluate(() => [...document.querySelectorAll('.sheet th, .sheet td')].filter((n) => n.getBoundingClientRect().right > n.closest('.sheet')!.getBoundingClientRect().right + 0.5).map((n) => n.textContent));
    expect(await beyond()).toEqual([]);
    await paper.locator('.sheet tbody th').evaluateAll((all) => all.forEach((n) => (n.textContent = 'Department for the Renewal of Old Neighbourhoods, Housing and Urban-Rural Development')));
    expect(await beyond()).toEqual([]);
    await paper.close();
    expect(wrong).toEqual([]);
    await box().fill('');
  });

  test('it is closed by a key, and nothing went wrong on either screen', async () => {
    await room.keyboard.press('Alt+o');
    await room.getByRole('dialog').waitFor();
    await room.keyboard.press('Enter');
    await wall.getByText(text(zh, 'room.over')).waitFor();
    expect((await state()).status).toBe('closed');
    expect(faults.flat()).toEqual([]);
  });
});

/** What the browser keeps of the line being typed. */
function typed(): Promise<string> {
  return new Promise((found, failed) => {
    const asked = indexedDB.open('docket-room');
    asked.onerror = () => failed(asked.error);
    asked.onsuccess = () => {
      const all = asked.result.transaction('typed').objectStore('typed').getAll();
      all.onsuccess = () => (asked.result.close(), found((all.result as string[]).join('\n')));
      all.onerror = () => failed(all.error);
    };
  });
}
