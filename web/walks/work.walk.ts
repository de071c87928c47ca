// The daily work of each role: desks, rounds, many matters at once, a matter that
// stands in no document, rules, the feed and the journal, as they are seen.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adopt, button, clearBlockers, enter, settleNames } from './acts';
import { desktop, launch, open, phone, shoot, violations } from './browser';
import { type Server, serve } from './server';
import { type Lang, text } from './texts';

let browser: Browser;
let server: Server;
const shots = process.env.DOCKET_SHOTS === '1';
const pages: Record<string, Page> = {};

beforeAll(async () => {
  browser = await launch();
  server = await serve('sqlite', '--sample', 'zh');
  for (const login of ['', 'duban', 'leader', 'edu', 'edu-head', 'hecha', 'shenji']) pages[login] = await as(login);
});
afterAll(async () => {
  await browser.close();
  await server?.stop();
});

async function as(login: string): Promise<Page> {
  const { page } = await open(browser, desktop);
  page.setDefaultTimeout(15_000);
  await enter({ page, lang: 'zh' }, login ? server.linkFor(login) : server.link);
  return page;
}

const ask = async (page: Page, path: string) => (await page.request.get(`${server.url}/api/v1${path}`)).json();
const zh = (key: Parameters<typeof text>[1], values = {}) => text('zh', key, values);

/** Looks at a page as it stands: no accessibility fault, and a picture where wished. */
async function look(page: Page, name: string): Promise<void> {
  if (shots) await shoot(page, name);
  expect(await violations(page), name).toEqual([]);
}

describe('the daily work', () => {
  test('an adopted directive lays receipts on the desks', async () => {
    const page = pages['']!;
    const reading = (await ask(page, '/directives')).items.find((d: { status: string }) => d.status === 'reading').id;
    await page.goto(`${server.url}/directives/${reading}/correct?show=all`);
    await button({ page, lang: 'zh' }, 'adopt.act').waitFor();
    await settleNames({ page, lang: 'zh' }, '云州市人民政府');
    await clearBlockers({ page, lang: 'zh' }, '云州市人民政府');
    await adopt({ page, lang: 'zh' });
  });

  test('a row done slides away and the next is at hand', async () => {
    const page = pages['edu']!;
    await page.goto(server.url);
    const rows = page.locator('[data-row]').filter({ has: page.locator('button.act') });
    await rows.first().waitFor();
    const before = await rows.count();
    const second = await rows.nth(1).locator('[data-open]').innerText();
    await rows.first().locator('button.act').click();
    await expect.poll(() => rows.count()).toBe(before - 1);
    await expect.poll(() => page.evaluate('document.activeElement?.textContent')).toBe(second);
    await page.getByText(zh('desk.done_today', { n: 1 })).waitFor();
  });

  test('a round is opened, counted, locked and reopened for one unit', async () => {
    const page = pages['duban']!;
    await page.goto(`${server.url}/rounds`);
    await button({ page, lang: 'zh' }, 'rounds.open').click();
    await page.getByLabel(zh('rounds.name')).fill('本月进展');
    await look(page, 'rounds-open-zh');
    await page.getByRole('dialog').locator('button.main').click();
    const round = page.locator('article').filter({ hasText: '本月进展' });
    await round.locator('tbody tr').nth(1).waitFor();
    await look(page, 'rounds-zh');
    await round.getByRole('button', { name: zh('rounds.lock') }).click();
    await round.locator('tbody button').first().click();
    await round.getByText(zh('rounds.reopened'), { exact: true }).waitFor();
  });

  test('many matters at once: what cannot be is said before anything is done', async () => {
    const page = pages['duban']!;
    await page.goto(`${server.url}/docket`);
    await page.locator('thead .sel input').check();
    await page.getByRole('region', { name: zh('bulk.bar') }).getByRole('button', { name: zh('bulk.park') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(zh('bulk.look_on')).fill('2031-01-15');
    await dialog.getByLabel(zh('bulk.condition')).fill('资金到位');
    await dialog.getByLabel(zh('bulk.words')).fill('待上级批复');
    await dialog.getByRole('button', { name: zh('bulk.preview') }).click();
    await dialog.getByText(zh('bulk.would')).waitFor();
    await look(page, 'ledger-bulk-zh');
    expect((await ask(page, '/ledger?status=parked')).total).toBe(0); // only tried
    await dialog.locator('footer button.main').click();
    await dialog.waitFor({ state: 'hidden' });
    expect((await ask(page, '/ledger?status=parked')).total).toBeGreaterThan(0);
  });

  test('a matter that stands in no document is registered from the ledger', async () => {
    const page = pages['duban']!;
    await page.goto(`${server.url}/docket?new=1`);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(zh('column.requirement')).fill('修缮滨江步道');
    await dialog.locator('footer button.main').click();
    await dialog.getByRole('alert').waitFor(); // nobody leads
    await dialog.getByRole('combobox', { name: zh('party.lead') }).fill('教育局');
    await page.keyboard.press('Enter');
    await dialog.getByLabel(zh('column.due')).fill('2031-06-30');
    await look(page, 'ledger-register-zh');
    await dialog.locator('footer button.main').click();
    await expect.poll(async () => (await ask(page, '/ledger?text=滨江步道')).total).toBe(1);
  });

  test('a published year is looked at before it counts, and let go again', async () => {
    const page = pages['']!;
    await page.goto(`${server.url}/settings`);
    const card = page.getByRole('region', { name: zh('worktime.title') });
    await card.locator('input[type=file]').setInputFiles({ name: 'wrong.csv', mimeType: 'text/csv', buffer: Buffer.from('日期,休或班,名称\n2099-01-01,也许,元旦\n') });
    await card.getByRole('alert').waitFor();
    await look(page, 'calendar-fault-zh');
    const year = { name: '2099.csv', mimeType: 'text/csv', buffer: Buffer.from('日期,休或班,名称\n2099-01-01,off,元旦\n2099-01-04,work,元旦\n') };
    await card.locator('input[type=file]').setInputFiles(year);
    await button({ page, lang: 'zh' }, 'worktime.keep', card).waitFor();
    await look(page, 'calendar-look-zh');
    await button({ page, lang: 'zh' }, 'worktime.keep', card).click();
    await card.locator('#worktime-year option[value="2099"]').waitFor({ state: 'attached' });
    await card.locator('#worktime-year').selectOption('2099');
    await card.getByRole('button', { name: zh('worktime.forget', { year: '2099' }) }).click();
    await button({ page, lang: 'zh' }, 'worktime.keep', card).click();
    await expect.poll(() => card.locator('#worktime-year option[value="2099"]').textContent()).toBe('2099'); // no longer imported
  });

  test('rules refuse what is no length of time, at the line', async () => {
    const page = pages['']!;
    await page.goto(`${server.url}/settings`);
    await page.getByLabel(zh('rules.review')).fill('2 weeks');
    await page.locator('.rules button.main').click();
    await page.locator('.rules [aria-invalid=true]').first().waitFor();
    expect((await ask(page, '/rules')).review).toBe('3wd');
    await page.getByLabel(zh('rules.review')).fill('4wd');
    await page.locator('.rules button.main').click();
    await expect.poll(async () => (await ask(page, '/rules')).review).toBe('4wd');
    await page.locator('.feed button').first().click();
    const url = await page.locator('#feed-url').inputValue();
    expect(await (await page.request.get(url)).text()).toMatch(/^BEGIN:VCALENDAR\r\n/);
    await look(page, 'settings-zh');
    await page.locator('.feed button').last().click();
    await expect.poll(async () => (await page.request.get(url)).status()).toBe(404);
  });

  test('the auditor reads the journal, narrows it and takes it out', async () => {
    const page = pages['shenji']!;
    await page.goto(`${server.url}/journal?verb=park`);
    await page.locator('tbody tr').first().waitFor();
    expect(await page.locator('tbody tr td:nth-of-type(2)').allInnerTexts()).toContain('挂账');
    await look(page, 'journal-zh');
    expect(await (await page.request.get(`${server.url}/api/v1/journal.csv?verb=park`)).text()).toContain('资金到位');
    expect((await pages['duban']!.request.get(`${server.url}/api/v1/journal`)).status()).toBe(403);
  });

  test('each desk, wide and narrow, in both languages', async () => {
    for (const lang of ['zh', 'en'] as Lang[]) {
      for (const login of ['duban', 'leader', 'edu', 'edu-head', 'hecha']) {
        const page = pages[login]!;
        for (const [size, name] of [[desktop, 'wide'], [phone, 'phone']] as const) {
          await page.setViewportSize(size);
          await page.goto(server.url);
          await page.getByRole('heading', { name: text(lang, 'desk.title') }).waitFor();
          await page.locator('main section').first().waitFor();
          await page.waitForLoadState('networkidle');
          await look(page, `desk-${login}-${lang}-${name}`);
          expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), `${login} ${name}`).toBeLessThanOrEqual(0);
        }
        await page.setViewportSize(desktop);
      }
      for (const [login, path] of [['duban', '/rounds'], ['shenji', '/journal'], ['', '/settings'], ['hecha', '/verify']] as const) {
        const page = pages[login]!;
        for (const [size, name] of [[desktop, 'wide'], [phone, 'phone']] as const) {
          await page.setViewportSize(size);
          await page.goto(server.url + path);
          await page.waitForLoadState('networkidle');
          await look(page, `${path.slice(1)}-${lang}-${name}`);
          expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), `${path} ${name}`).toBeLessThanOrEqual(0);
        }
        await page.setViewportSize(desktop);
      }
      if (lang === 'zh') for (const page of Object.values(pages)) {
        const me = await ask(page, '/me');
        await page.request.patch(`${server.url}/api/v1/me`, { data: { lang: 'en' }, headers: { 'If-Match': `"${me.version}"` } });
        await page.evaluate("localStorage.setItem('docket.lang', 'en')");
      }
    }
  });
});
