// What each post sees and may do, and the office's housekeeping: units through
// their changes, saved views, the ledger as a file and on paper.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adopt, button, clearBlockers, enter, settleNames } from './acts';
import { launch, open, shoot } from './browser';
import { type Server, serve } from './server';
import { text } from './texts';
import { unzip } from './zip';

let browser: Browser;
let server: Server;
let folder: string;
let office: Page; // the administrator of the sample city, who holds the office post too
const lang = 'zh';

beforeAll(async () => {
  browser = await launch();
  server = await serve('sqlite', '--sample', lang);
  folder = mkdtempSync(join(tmpdir(), 'docket-roles-'));
  office = await as('');
});
afterAll(async () => {
  await browser.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A browser of its own for somebody; "" is the administrator. */
async function as(login: string): Promise<Page> {
  const { page } = await open(browser);
  page.setDefaultTimeout(15_000);
  await enter({ page, lang }, login ? server.linkFor(login) : server.link);
  await page.getByRole('heading', { name: text(lang, 'desk.mine') }).waitFor();
  return page;
}

const ask = async (page: Page, path: string) => (await page.request.get(`${server.url}/api/v1${path}`)).json();
const part = (page: Page, key: 'desk.owed' | 'desk.waiting' | 'desk.came_back') =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: new RegExp(text(lang, key).source.replace('\\s*$', '')) }) });

describe('posts', () => {
  let matters: { id: number; no: string; leads: { name: string }[]; supports: { name: string }[]; several: { name: string }[] }[];
  test('the office adopts what was read', async () => {
    const reading = (await ask(office, '/directives')).items.find((d: { status: string }) => d.status === 'reading').id;
    await office.goto(`${server.url}/directives/${reading}/correct?show=all`);
    await button({ page: office, lang }, 'adopt.act').waitFor();
    await settleNames({ page: office, lang }, '云州市人民政府');
    await clearBlockers({ page: office, lang }, '云州市人民政府');
    await adopt({ page: office, lang });
    matters = (await ask(office, '/ledger')).items;
  });

  test('the office sees what waits, first and wide', async () => {
    const page = await as('duban');
    await part(page, 'desk.waiting').locator('[data-row]').first().waitFor();
    expect(await part(page, 'desk.waiting').locator('[data-row]').first().innerText()).not.toMatch(/·\s*·/);
    expect(await page.getByRole('main').getByRole('link', { name: text(lang, 'import.title') }).isVisible()).toBe(true);
    await page.context().close();
  });

  for (const [login, role] of [['edu', 'liaison'], ['edu-head', 'head']] as const) {
    test(`a ${role} owes what the unit owes, and sees nothing of others`, async () => {
      const page = await as(login);
      const owed = part(page, 'desk.owed').locator('[data-row]');
      await owed.first().waitFor();
      const mine = (await ask(page, '/ledger')).items as typeof matters;
      expect(mine.length).toBeGreaterThan(0);
      expect(mine.filter((m) => ![...m.leads, ...m.supports, ...m.several].some((u) => u.name.includes('教育局'))).map((m) => m.no)).toEqual([]);
      const foreign = matters.find((m) => !mine.some((x) => x.id === m.id))!;
      await page.goto(`${server.url}/matters/${foreign.id}`);
      await page.getByRole('alert').waitFor();
      expect(await page.getByText(foreign.no).count()).toBe(0);
      await page.context().close();
    });
  }

  test('a liaison acknowledges in the row itself', async () => {
    const page = await as('edu');
    const acts = part(page, 'desk.owed').getByRole('button', { name: new RegExp(text(lang, 'act.acknowledge').source.replace('\\s*$', ' ')) }); // a row's button names its matter too
    await acts.first().waitFor();
    const before = await acts.count();
    await acts.first().click();
    await expect.poll(() => acts.count()).toBe(before - 1);
    await page.reload();
    await part(page, 'desk.owed').locator('[data-row]').first().waitFor();
    expect(await acts.count()).toBe(before - 1);
    await page.context().close();
  });

  for (const [login, role] of [['leader', 'leader'], ['shenji', 'auditor']] as const) {
    test(`the ${role} reads and changes nothing`, async () => {
      const page = await as(login);
      expect(await page.getByRole('link', { name: text(lang, 'import.title') }).count()).toBe(0);
      await page.goto(`${server.url}/docket`);
      await page.locator('[data-row]').first().waitFor();
      await page.goto(`${server.url}/matters/${matters[0]!.id}`);
      await page.locator('mark').first().waitFor();
      expect(await page.getByRole('main').getByRole('button', { name: /签收/ }).count()).toBe(0);
      await page.goto(`${server.url}/import`);
      await page.getByText(text(lang, 'import.not_yours')).waitFor();
      await page.context().close();
    });
  }

  test('an administrator without another post manages units and people and sees no content', async () => {
    await office.goto(`${server.url}/people`);
    await button({ page: office, lang }, 'people.add').click();
    const dialog = office.getByRole('dialog');
    await dialog.getByLabel(text(lang, 'people.name')).fill('系统管理员');
    await dialog.getByLabel(text(lang, 'people.login')).fill('sysadmin');
    await dialog.getByRole('button', { name: text(lang, 'act.save') }).click();
    const row = office.locator('[data-row]').filter({ hasText: 'sysadmin' });
    await row.getByRole('button', { name: text(lang, 'people.add_post') }).click();
    await dialog.getByLabel(text(lang, 'people.role')).selectOption('admin');
    await dialog.getByRole('combobox', { name: text(lang, 'ledger.unit') }).fill('云州市人民政府');
    await office.keyboard.press('Enter');
    await dialog.getByRole('button', { name: text(lang, 'people.add_post') }).click();
    await dialog.waitFor({ state: 'hidden' });
    const page = await as('sysadmin');
    expect((await ask(page, '/ledger')).items ?? []).toEqual([]);
    expect((await ask(page, '/directives')).items ?? []).toEqual([]);
    await page.goto(`${server.url}/people`);
    await page.locator('[data-row]').first().waitFor();
    await page.context().close();
  });
});

describe('the ledger', () => {
  test('is kept as a view and comes back as it was', async () => {
    await office.goto(`${server.url}/docket?lamp=act&sort=due`);
    await office.locator('[data-row]').first().waitFor();
    await button({ page: office, lang }, 'ledger.views').click();
    await office.getByLabel(text(lang, 'ledger.view_name')).fill('急办');
    await office.keyboard.press('Enter');
    await office.getByText(text(lang, 'ledger.view_kept', { name: '急办' })).waitFor();
    await office.goto(`${server.url}/docket`);
    await button({ page: office, lang }, 'ledger.views').click();
    await office.getByRole('button', { name: /^急办$/ }).click();
    await office.waitForURL(/lamp=act/);
    expect(new URL(office.url()).searchParams.get('sort')).toBe('due');
  });

  test('goes out as Excel and CSV with the rows of the filter', async () => {
    await office.goto(`${server.url}/docket?lamp=act&columns=no,requirement,leads,due`);
    const rows = office.locator('table tbody tr');
    await rows.first().waitFor();
    const shown = await rows.locator('a[data-open]').allInnerTexts();
    for (const [kind, name] of [['xlsx', 'Excel (.xlsx)'], ['csv', 'CSV']] as const) {
      await button({ page: office, lang }, 'ledger.export').click();
      const [download] = await Promise.all([office.waitForEvent('download'), office.getByRole('link', { name }).click()]);
      const file = join(folder, `ledger.${kind}`);
      await download.saveAs(file);
      const words = kind === 'csv' ? readFileSync(file, 'utf8') : [...unzip(readFileSync(file))].filter(([n]) => /sheet1|sharedStrings/.test(n)).map(([, t]) => t).join('');
      expect([...new Set(words.match(/\b20\d\d-\d{4}\b/g))].sort(), kind).toEqual([...shown].sort());
      expect(words).toContain(await rows.locator('a.req').first().innerText());
    }
  });

  test('and a directive print on paper without the frame', async () => {
    for (const path of ['/docket', '/directives/1']) {
      await office.goto(server.url + path);
      await office.locator('h1').first().waitFor();
      await office.locator('[data-row], article .row').first().waitFor();
      await office.emulateMedia({ media: 'print' });
      await office.setViewportSize({ width: 718, height: 1000 }); // A4 between its margins
      expect(await office.locator('nav:visible, header.top:visible, .toasts:visible').count()).toBe(0);
      expect(await office.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0);
      if (process.env.DOCKET_SHOTS) await shoot(office, `print${path}`);
      await office.emulateMedia({ media: 'screen' });
      await office.setViewportSize({ width: 1440, height: 900 });
    }
  });
});

describe('units', () => {
  const treeitem = (name: string) => office.getByRole('treeitem').filter({ hasText: name }).first();

  async function change(unit: string, kind: 'rename' | 'merge' | 'split', fill: (dialog: ReturnType<Page['getByRole']>) => Promise<void>): Promise<void> {
    await office.goto(`${server.url}/units`);
    await treeitem(unit).click();
    await office.getByRole('button', { name: new RegExp(`^${text(lang, `units.${kind}`).source.replace(/\^?\\s\*\$?/g, '')}…$`) }).click();
    const dialog = office.getByRole('dialog');
    await fill(dialog);
    await dialog.getByLabel(text(lang, 'units.reason')).fill('机构改革，云编〔2026〕3号');
    await dialog.getByRole('button', { name: text(lang, `units.${kind}`) }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  test('are renamed, merged and split, and stay as they were on an earlier day', async () => {
    const today = (await ask(office, '/me')).today as string;
    const before = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
    await change('云州市水务局', 'rename', (d) => d.getByLabel(text(lang, 'units.new_name')).fill('云州市水利局'));
    await change('云州市民政局', 'split', (d) => d.getByLabel(text(lang, 'units.parts')).fill('云州市社会事务局\n云州市养老服务局'));
    await change('云州市财政局', 'merge', async (d) => {
      await d.getByRole('combobox').fill('云州市教育局');
      await office.keyboard.press('Enter');
    });
    await office.goto(`${server.url}/units`);
    await treeitem('云州市水利局').waitFor();
    await treeitem('云州市养老服务局').waitFor();
    expect(await treeitem('云州市财政局').count()).toBe(0);
    await office.goto(`${server.url}/units?on=${before}`);
    await treeitem('云州市水务局').waitFor();
    await treeitem('云州市财政局').waitFor();
    expect(await treeitem('云州市水利局').count()).toBe(0);
  });

  test('come in from a table whose faulty rows are named', async () => {
    const file = join(folder, 'units.csv');
    writeFileSync(file, 'code,name,parent,level,aliases\nX1,青禾县甲局,X2,unit,\nX2,青禾县乙局,X1,unit,\nX3,青禾县丙局,不存在的上级,unit,\nX4,青禾县丁局,YZ,unit,\nX5,青禾县戊局,YZ,galaxy,\n');
    await office.goto(`${server.url}/units`);
    await button({ page: office, lang }, 'units.import').click();
    const dialog = office.getByRole('dialog');
    await dialog.locator('input[type=file]').setInputFiles(file);
    const faults = dialog.locator('.faults li');
    await faults.first().waitFor();
    const said = (await faults.allInnerTexts()).join('\n');
    for (const row of [2, 3, 4, 6]) expect(said).toMatch(new RegExp(`第 ?${row} ?行`));
    expect(said).toContain('成环');
    expect(said).toContain('不存在的上级');
    await dialog.getByRole('button', { name: text(lang, 'units.keep', { n: 1 }) }).click();
    await dialog.waitFor({ state: 'hidden' });
    await office.getByLabel(text(lang, 'units.find')).fill('青禾县');
    await treeitem('青禾县丁局').waitFor();
    expect(await treeitem('青禾县甲局').count()).toBe(0);
  });
});
