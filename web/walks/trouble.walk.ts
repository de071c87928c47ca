// What goes wrong between people and machines: nothing acknowledged is lost, and
// whoever is concerned is told.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { adopt, button, clearBlockers, enter, importFile, settleNames, settled, signIn } from './acts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, open } from './browser';
import { type Server, serve } from './server';
import { text } from './texts';

let browser: Browser;
let server: Server;
let folder: string;
let one: Page;
let two: Page;
let papers = 0;

beforeAll(async () => {
  browser = await launch();
  server = await serve('sqlite', '--sample', 'zh');
  folder = mkdtempSync(join(tmpdir(), 'docket-trouble-'));
  const first = await open(browser);
  one = first.page;
  await enter({ page: one, lang: 'zh' }, server.link);
  two = (await open(browser)).page;
  await enter({ page: two, lang: 'zh' }, server.linkFor('duban'));
  for (const page of [one, two]) page.setDefaultTimeout(15_000);
});
afterAll(async () => {
  await browser.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A fresh paper of two tasks, open for correcting in the first browser. */
async function fresh(): Promise<string> {
  const file = join(folder, `通知${++papers}.txt`);
  writeFileSync(file, `云州市人民政府关于第${papers}批整治工作的通知\n\n云政发〔2026〕${60 + papers}号\n\n一、整治道路。2026年12月底前整治道路${papers + 3}条。（市交通运输局牵头，市财政局配合）\n\n二、整治河道。2026年12月底前整治河道${papers + 5}公里。（市水务局牵头，市财政局配合）\n`);
  await importFile({ page: one, lang: 'zh' }, file);
  await button({ page: one, lang: 'zh' }, 'correct.show_all').click();
  await one.waitForURL(/show=all/);
  return one.url();
}

const task = (page: Page, row = 0) => page.locator('[role=row][data-m] .task').nth(row);

/** Writes a task anew in a row and leaves the row. */
async function write(page: Page, words: string, row = 0): Promise<void> {
  await page.locator('[role=row][data-m]').nth(row).focus();
  await page.keyboard.press('Enter');
  await page.locator('.edit textarea').fill(words);
  await page.keyboard.press('Escape');
  await expect.poll(() => task(page, row).innerText()).toBe(words);
}

describe('correcting', () => {
  beforeEach(async () => void (await fresh()));

  test('a reload in the middle keeps what was corrected', async () => {
    await write(one, '整治破损道路，沥青铺完为止。');
    await settled({ page: one, lang: 'zh' });
    await one.reload();
    await task(one).waitFor();
    await expect.poll(() => task(one).textContent()).toBe('整治破损道路，沥青铺完为止。');
  });

  test('two at the same row: the second is told and sees what the first wrote', async () => {
    await two.goto(one.url());
    await task(two).waitFor();
    await write(one, '第一个人写的。');
    await settled({ page: one, lang: 'zh' });
    await write(two, '第二个人写的。').catch(() => {}); // the server may already have put the other's words back
    await two.getByRole('alert').filter({ hasText: text('zh', 'correct.conflict') }).or(two.getByText(/别人刚刚改过/)).first().waitFor();
    await expect.poll(() => task(two).innerText()).toBe('第一个人写的。');
    await write(two, '第二个人再写。'); // and can go on from there
    await settled({ page: two, lang: 'zh' });
    await one.reload();
    await task(one).waitFor();
    await expect.poll(() => task(one).textContent()).toBe('第二个人再写。');
  });

  test('a network that drops: corrections wait, are said to wait, and arrive', async () => {
    await one.context().setOffline(true);
    await write(one, '断网时写的第一句。');
    await write(one, '断网时写的第二句。', 1);
    await one.getByRole('alert').filter({ hasText: '连不上服务器' }).waitFor();
    expect(await one.getByText(text('zh', 'correct.saved')).isVisible()).toBe(false);
    await one.context().setOffline(false);
    await settled({ page: one, lang: 'zh' });
    await one.reload();
    await task(one).waitFor();
    await expect.poll(() => task(one).textContent()).toBe('断网时写的第一句。');
    await expect.poll(() => task(one, 1).textContent()).toBe('断网时写的第二句。');
  });
});

test('two adopt at once: one succeeds, the other is told', async () => {
  const href = await fresh();
  await settleNames({ page: one, lang: 'zh' }, '云州市人民政府');
  await clearBlockers({ page: one, lang: 'zh' }, '云州市人民政府');
  await two.goto(href);
  await button({ page: two, lang: 'zh' }, 'adopt.act').click();
  const yes = button({ page: two, lang: 'zh' }, 'adopt.yes', two.getByRole('dialog'));
  await yes.waitFor();
  const { matters } = await adopt({ page: one, lang: 'zh' });
  await yes.click();
  await two.getByRole('alert').first().waitFor();
  expect((await two.getByRole('alert').first().innerText()).trim()).not.toBe('');
  const ledger = await one.request.get(`${server.url}/api/v1/ledger?directive=${/directives\/(\d+)/.exec(href)![1]}`);
  expect((await ledger.json()).total).toBe(matters); // once, not twice
});

test('what is typed before the search is there is the search’s, not the list’s', async () => {
  await two.goto(`${server.url}/docket`);
  await two.locator('[data-row]').first().waitFor();
  let arrive = () => {};
  const late = new Promise<void>((done) => (arrive = done));
  await two.route('**/Palette-*.js', (route) => void late.then(() => route.continue()));
  await two.keyboard.type('/jx'); // j alone would go to the first row
  await two.keyboard.press('Backspace');
  await two.keyboard.type('k');
  expect(await two.locator('[data-row] :focus').count()).toBe(0);
  arrive();
  const search = two.getByRole('dialog').getByRole('combobox');
  await search.waitFor();
  await two.keyboard.type('供');
  await expect.poll(() => search.inputValue()).toBe('jk供');
  await two.keyboard.press('Escape');
  await two.getByRole('dialog').waitFor({ state: 'hidden' });
});

test('a session ended elsewhere asks to sign in again and comes back to the page', async () => {
  const { page, faults } = await open(browser);
  await signIn({ page, lang: 'zh' }, server.url, 'duban');
  await page.goto(`${server.url}/docket`);
  await page.locator('[data-row]').first().waitFor();
  await two.goto(`${server.url}/settings`); // the same person in another browser
  const end = button({ page: two, lang: 'zh' }, 'settings.end');
  await end.first().click();
  await end.first().waitFor({ state: 'detached' });
  await page.getByRole('link', { name: text('zh', 'directives.title') }).first().click();
  await page.getByLabel(text('zh', 'signin.login')).waitFor();
  expect(new URL(page.url()).pathname).toBe('/directives');
  expect(faults).toEqual([]);
});
