// An office presses a unit, and the unit knows: on the bell, the desk and the
// matter's page. Its liaison goes on leave, and somebody else acts for them.
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enter } from './acts';
import { desktop, launch, open, phone, shoot, violations } from './browser';
import { type Server, serve } from './server';
import { type Lang, text } from './texts';
import { misspoken } from './words';

const cast = {
  zh: { office: 'duban', standin: 'hecha', words: '请本周内签收并报送计划' },
  en: { office: 'delivery', standin: 'parks', words: 'Please answer this week' },
};

interface Line { matter: number; unit_name: string; problem?: object; to: string[] }

describe.each(['zh', 'en'] as Lang[])('pressing and standing in, %s', (lang) => {
  const who = cast[lang];
  const key = (k: Parameters<typeof text>[1], values?: Record<string, string>) => text(lang, k, values);
  const faults: string[][] = [];
  const people = new Map<string, Page>();
  let browser: Browser;
  let server: Server;
  let chosen: Line;
  let liaison = '';

  beforeAll(async () => {
    browser = await launch();
    server = await serve('sqlite', '--sample', lang);
    const page = await as(who.office);
    const rows = (await (await page.request.get(`${server.url}/api/v1/ledger?limit=200`)).json()).items as { id: number }[];
    const answer = await page.request.post(`${server.url}/api/v1/urges`, { data: { matters: rows.map((r) => r.id), dry_run: true }, headers: { 'Idempotency-Key': `walk-${lang}`, origin: server.url } });
    const lines = (await answer.json()).items as Line[];
    const staff = (await (await page.request.get(`${server.url}/api/v1/people`)).json()).items as { login: string; name: string; posts: { role: string }[] }[];
    const of = (l: Line) => staff.find((p) => p.name === l.to[0] && p.login !== who.standin && p.posts[0]?.role === 'liaison');
    chosen = lines.find((l) => !l.problem && of(l))!; // the ladder has pressed for what is late today
    expect(chosen, 'a matter the office can press for').toBeTruthy();
    liaison = of(chosen)!.login;
  });
  afterAll(async () => {
    await browser.close();
    await server?.stop();
  });

  async function as(login: string): Promise<Page> {
    const known = people.get(login);
    if (known) return known;
    const opened = await open(browser, login === liaison ? phone : desktop, lang === 'zh' ? 'zh-CN' : 'en', { reducedMotion: 'reduce' });
    opened.page.setDefaultTimeout(15_000);
    await enter({ page: opened.page, lang }, server.linkFor(login));
    people.set(login, opened.page);
    faults.push(opened.faults);
    return opened.page;
  }

  async function look(page: Page, name: string, at?: Locator): Promise<void> {
    if (process.env.DOCKET_SHOTS) {
      const was = page.viewportSize()!;
      for (const size of [desktop, phone]) {
        await page.setViewportSize(size);
        await at?.scrollIntoViewIfNeeded();
        await shoot(page, `ladder-${lang}-${name}-${size.width}`);
      }
      await page.setViewportSize(was);
    }
    expect(await violations(page), name).toEqual([]);
    if (name !== 'settings') expect(await misspoken(page, lang), name).toEqual([]); // holidays are called as they were published
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), name).toBeLessThanOrEqual(0);
  }

  test('the office urges on the matter’s page', async () => {
    const page = await as(who.office);
    await page.goto(`${server.url}/matters/${chosen.matter}`);
    await page.locator('.req').waitFor();
    const acts = page.getByRole('group', { name: key('matter.acts') });
    if (!(await acts.getByRole('button', { name: key('do.urge') }).isVisible())) await acts.getByRole('button', { name: key('matter.more') }).click();
    await page.getByRole('button', { name: key('do.urge') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(key('urge.whom')).selectOption({ label: chosen.unit_name });
    await dialog.getByLabel(key('urge.words')).fill(who.words);
    await look(page, 'dialog');
    await dialog.getByRole('button', { name: key('urge.send') }).click();
    await page.getByRole('heading', { name: key('matter.urges') }).waitFor();
    await page.getByText(who.words).first().waitFor();
    await look(page, 'office', page.getByRole('heading', { name: key('matter.urges') }));
  });

  test('the liaison sees it on the bell, the desk and the matter’s page', async () => {
    const page = await as(liaison);
    await page.goto(`${server.url}/notices`);
    await page.getByText(who.words).first().waitFor();
    await look(page, 'notices');
    await page.goto(`${server.url}/`);
    await page.locator('.urged').first().waitFor();
    await look(page, 'desk');
    await page.goto(`${server.url}/matters/${chosen.matter}`);
    await look(page, 'matter', page.getByText(who.words).first());
  });

  test('many are urged at once, after a look at who would be', async () => {
    const page = await as(who.office);
    await page.goto(`${server.url}/docket`);
    await page.locator('tbody input[type=checkbox]').first().waitFor();
    for (const box of (await page.locator('tbody input[type=checkbox]').all()).slice(0, 12)) await box.check();
    await page.getByRole('button', { name: key('bulk.urge') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: key('bulk.preview') }).click();
    await dialog.getByRole('status').waitFor();
    await look(page, 'bulk');
    await page.keyboard.press('Escape');
  });

  test('the liaison names a stand-in, who then acts in their place', async () => {
    const away = await as(liaison);
    await away.goto(`${server.url}/settings`);
    const card = away.locator('#standin');
    await card.getByLabel(key('standin.who')).fill('nobody.at.all');
    const today = (await (await away.request.get(`${server.url}/api/v1/me`)).json()).today as string;
    await card.getByLabel(key('standin.to')).fill(today);
    await card.getByRole('button', { name: key('standin.name') }).click();
    await card.getByText(/nobody\.at\.all/).waitFor(); // said at the field
    await card.getByLabel(key('standin.who')).fill(who.standin);
    await card.getByRole('button', { name: key('standin.name') }).click();
    await card.locator('.list b').first().waitFor();
    await look(away, 'settings', card);

    const page = await as(who.standin);
    await page.goto(`${server.url}/`);
    await page.locator('.acting').waitFor();
    await look(page, 'standin-desk');
    await page.locator('li[data-row]').filter({ hasText: chosen.unit_name }).first().waitFor();
    await page.goto(`${server.url}/matters/${chosen.matter}`);
    await page.getByRole('group', { name: key('matter.acts') }).getByRole('button').first().waitFor();
    await page.getByText(key('matter.why')).click();
    await look(page, 'standin-matter', page.getByText(key('matter.why')));
    await page.goto(`${server.url}/notices`);
    await look(page, 'standin-notices');
    await card.locator('.list button').first().click();
    await card.locator('.list').waitFor({ state: 'detached' });
    await page.goto(`${server.url}/`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.locator('.acting').count()).toBe(0);
  });

  test('nothing went wrong in anybody’s browser', () => expect(faults.flat().filter((f) => !/status of 4(09|12|22)/.test(f))).toEqual([]));
});
