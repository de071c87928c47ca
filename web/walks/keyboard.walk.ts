// The whole way from a file to the docket without a mouse: after every key the
// focus is somewhere, and it can be seen.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enter, password, settled } from './acts';
import { launch, open } from './browser';
import { type Server, serve } from './server';
import { text } from './texts';

const paper = `云州市人民政府关于做好冬季供暖工作的通知

云政发〔2026〕31号

各县（区）人民政府，市政府各部门：

今年入冬较早，气温偏低。

一、检修管网。2026年12月底前完成供暖管网检修30公里。（市住建局牵头，市财政局配合）

二、保障困难家庭。2026年12月底前为1200户困难家庭发放取暖补贴。（市民政局牵头，市热力办配合）

三、加强值守。2027年1月底前建成24小时供暖服务热线。（市水务局牵头，市交通运输局配合）
`;

let browser: Browser;
let server: Server;
let page: Page;
let folder: string;
beforeAll(async () => {
  browser = await launch();
  server = await serve('sqlite', '--sample', 'zh');
  folder = mkdtempSync(join(tmpdir(), 'docket-keys-'));
  const first = await open(browser);
  await enter({ page: first.page, lang: 'zh' }, server.link); // a password to type
  await first.page.context().close();
});
afterAll(async () => {
  await browser.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What holds the focus, and whether a person can see it. */
const focus = () =>
  page.evaluate(() => {
    const at = document.activeElement as HTMLElement;
    const box = at.getBoundingClientRect();
    const style = getComputedStyle(at);
    const ringed = [at, at.parentElement!].some((e) => {
      const s = getComputedStyle(e);
      return s.outlineStyle !== 'none' || s.boxShadow !== 'none';
    });
    return { tag: at.tagName, name: at.id === 'main' ? '' : (at.getAttribute('aria-label') ?? at.innerText?.slice(0, 40) ?? ''), row: at.dataset.m, inside: box.bottom > 0 && box.top < innerHeight, seen: at.id === 'main' || (style.visibility === 'visible' && ringed) };
  });

/** Presses keys one after the other; none may lose the focus. */
async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await expect.poll(async () => (await focus()).tag, { message: `after ${key}` }).not.toBe('BODY');
    expect(await focus(), `after ${key}`).toMatchObject({ inside: true, seen: true });
  }
}

/** Goes on with Tab until something of this name holds the focus. */
async function tabTo(name: RegExp, back = false): Promise<void> {
  for (let i = 0; i < 60; i++) {
    if (name.test((await focus()).name)) return;
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab'); // may pass through the browser's own bar
    if ((await focus()).tag !== 'BODY') expect(await focus(), `before ${name}`).toMatchObject({ inside: true, seen: true });
  }
  throw new Error(`Tab never came to ${name}`);
}

const zh = (key: Parameters<typeof text>[1]) => new RegExp(text('zh', key).source.replaceAll('^\\s*', '').replaceAll('\\s*$', ''));

test('from a file to the docket without a mouse', async () => {
  const opened = await open(browser);
  page = opened.page;
  page.setDefaultTimeout(15_000);
  await page.goto(server.url);
  await page.getByLabel(text('zh', 'signin.login')).waitFor();

  // Sign in.
  if ((await focus()).tag !== 'INPUT') await page.keyboard.press('Tab');
  await page.keyboard.type('admin');
  await press('Tab');
  await page.keyboard.type(password);
  await press('Enter');
  await page.getByRole('heading', { name: text('zh', 'desk.title') }).waitFor();

  // Import.
  await page.keyboard.press('g');
  await press('i');
  await page.waitForURL(/\/directives$/);
  await page.locator('.zone').waitFor();
  await page.locator('[data-row]').first().waitFor(); // the list has come
  const chosen = page.waitForEvent('filechooser'); // the browser is told to hand it over well before
  await tabTo(zh('import.pick'));
  const file = join(folder, '供暖通知.txt');
  writeFileSync(file, paper);
  await page.keyboard.press('Enter');
  await (await chosen).setFiles(file);
  await page.waitForURL(/\/correct/);
  await page.locator('[role=row][tabindex="0"]').waitFor();
  await expect.poll(async () => (await focus()).row).toBeDefined();

  // All rows, and back.
  await tabTo(zh('correct.show_all'), true);
  await press('Enter');
  await tabTo(/检修|补贴|热线/);
  await press('Home');
  const first = (await focus()).row;
  await press('j', 'ArrowDown');
  const last = (await focus()).row;
  expect(last).not.toBe(first);
  await press('k', 'ArrowUp');
  expect((await focus()).row).toBe(first);

  // Edit a cell, leave, take it back and do it again.
  const task = page.locator(`[data-m="${first}"] .task`);
  const before = await task.innerText();
  await press('Enter');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('检修供暖管网35公里。');
  await press('Tab', 'Escape');
  expect((await focus()).row).toBe(first);
  await expect.poll(() => task.innerText()).toBe('检修供暖管网35公里。');
  await press('Control+z');
  await expect.poll(() => task.innerText()).toBe(before);
  await press('Control+y');
  await expect.poll(() => task.innerText()).toBe('检修供暖管网35公里。');
  await settled({ page, lang: 'zh' });

  // Settle the name nobody knows.
  await tabTo(/市热力办/, true);
  await press('Enter');
  await page.getByRole('dialog').waitFor();
  await tabTo(/按名称|查找/);
  await page.keyboard.type('水务');
  await press('ArrowDown');
  await expect.poll(async () => (await focus()).tag).toBe('LI');
  await press('Enter');
  await tabTo(zh('name.apply'));
  await press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await expect.poll(async () => (await focus()).tag).not.toBe('BODY');
  await settled({ page, lang: 'zh' });

  // A sentence nobody read a task from becomes a row, and is set aside again.
  await tabTo(zh('correct.take'), true);
  await press('Enter');
  await expect.poll(async () => (await focus()).row).toBeDefined();
  const taken = page.locator(`[data-m="${(await focus()).row}"] .task`);
  expect(await taken.innerText()).toBe('今年入冬较早，气温偏低。');
  await press('x');
  await settled({ page, lang: 'zh' });

  // Adopt.
  await page.getByRole('button', { name: text('zh', 'adopt.act'), disabled: false }).waitFor();
  await tabTo(zh('adopt.act'));
  await press('Enter');
  await tabTo(zh('adopt.yes'));
  await press('Enter');
  await page.waitForURL(/\/directives\/\d+$/);
  await expect.poll(async () => (await focus()).tag).not.toBe('BODY');

  // The docket, a matter, and back to the same row.
  await page.keyboard.press('g');
  await press('l');
  await page.locator('[data-row]').nth(3).waitFor();
  await press('j', 'j', 'j', 'k');
  const row = (await focus()).name;
  await press('Enter');
  await page.getByRole('dialog').locator('mark').first().waitFor();
  await press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await expect.poll(async () => (await focus()).name).toBe(row);

  // Search for two characters, and the keys.
  await press('/');
  await page.getByRole('dialog').waitFor(); // its program comes with the first press
  await expect.poll(async () => (await focus()).tag).toBe('INPUT');
  await page.keyboard.type('供暖');
  await page.getByRole('dialog').getByRole('option').filter({ hasText: '供暖' }).first().waitFor();
  await press('Enter');
  await page.waitForURL(/\/(directives|matters)\/\d+/);
  await page.getByRole('main').getByText('供暖').filter({ visible: true }).first().waitFor();
  await press('?');
  await page.getByRole('dialog', { name: text('zh', 'help.title') }).waitFor();
  await press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await expect.poll(async () => (await focus()).tag).not.toBe('BODY');
  expect(opened.faults).toEqual([]);
});
