// A unit's reports in Excel: out, filled in, back; looked through cell by cell,
// a conflict decided, an error mended, the rest written. And an office's ledger.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { button, enter } from './acts';
import { desktop, launch, open, phone, shoot, violations } from './browser';
import { type Server, serve } from './server';
import { sentence, text } from './texts';
import { misspoken } from './words';
import { unzip, zip } from './zip';

let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), 'docket-sheet-'));
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A workbook in the hands of somebody with a spreadsheet program. */
class Book {
  parts: Map<string, string>;
  constructor(raw: Buffer) {
    this.parts = unzip(raw);
  }
  get xml(): string {
    return this.parts.get('xl/worksheets/sheet1.xml')!;
  }
  /** What stands in the cells of a row, by place. */
  row(line: number): Map<string, string> {
    const row = new RegExp(`<row r="${line}"[^>]*>(.*?)</row>`, 's').exec(this.xml)?.[1] ?? '';
    return new Map([...row.matchAll(/<c r="([A-Z]+)\d+"[^>]*>(.*?)<\/c>/gs)].map((m) => [m[1]!, m[2]!.replace(/<[^>]*>/g, '')]));
  }
  /** The letters of a column by the name the program gave it. */
  column(name: string): string {
    return [...this.row(1)].find(([, v]) => v === name)![0];
  }
  fill(line: number, name: string, content: string): void {
    const at = this.column(name) + line;
    const cell = new RegExp(`<c r="${at}"([^>]*?)( t="\\w+")?(/>|>.*?</c>)`, 's');
    const next = this.xml.replace(cell, (_, rest: string) => `<c r="${at}"${rest.replace(/ t="\w+"/, '')} ${content}</c>`);
    expect(next).not.toBe(this.xml);
    this.parts.set('xl/worksheets/sheet1.xml', next);
  }
  text(line: number, name: string, said: string): void {
    this.fill(line, name, `t="inlineStr"><is><t>${said}</t></is>`);
  }
}

const shots = async (page: Page, name: string) => {
  if (process.env.DOCKET_SHOTS) await shoot(page, name);
};

for (const [lang, login, office, locale] of [['zh', 'edu', 'duban', 'zh-CN'], ['en', 'schools', 'delivery', 'en-GB']] as const) {
  describe(lang, () => {
    let server: Server;
    let page: Page;
    let faults: string[];
    let book: Book;
    const rows = (state = '') => page.locator(state ? `li.row:has(.tag.${state})` : 'li.row');
    const mend = (state: string, column: string) => rows(state).getByRole('button', { name: new RegExp(`${sentence(lang, column).source}$`) }).first();
    const file = join(tmpdir(), `docket-walk-${process.pid}-${lang}.xlsx`);
    const download = async (press: () => Promise<void>) => {
      const coming = page.waitForEvent('download');
      await press();
      await (await coming).saveAs(file);
      return new Book(readFileSync(file));
    };
    const bring = async (b: Book, name = 'reports.xlsx') => {
      writeFileSync(join(folder, name), zip(b.parts));
      await page.goto(`${server.url}/sheets`);
      await page.locator('input[type=file]').setInputFiles(join(folder, name));
      await page.waitForURL(/\/sheets\/\d+$/);
    };

    beforeAll(async () => {
      server = await serve('sqlite', '--sample', lang);
      ({ page, faults } = await open(browser, desktop, locale, {}, /status of (401|4\d\d)/));
      page.setDefaultTimeout(20_000);
      await enter({ page, lang }, server.linkFor(login));
    });
    afterAll(async () => {
      rmSync(file, { force: true });
      await page?.context().close();
      await server?.stop();
    });

    test('the reports of a unit go out', async ({ onTestFailed }) => {
      onTestFailed(() => shoot(page, `sheet-out-${lang}`));
      await page.getByRole('link', { name: text(lang, 'desk.excel') }).click();
      await page.getByRole('heading', { level: 1, name: text(lang, 'sheets.title') }).waitFor();
      book = await download(() => page.getByRole('link', { name: text(lang, 'sheets.reports') }).click());
      expect(book.row(3).get(book.column('no'))).toMatch(/^\d{4}-\d{4}$/);
      expect(book.xml).toContain('<sheetProtection');
      expect(book.xml).toContain('<dataValidations');
      await shots(page, `sheets-${lang}`);
    });

    test('filled in, it comes back and says what it would change', async ({ onTestFailed }) => {
      onTestFailed(() => shoot(page, `sheet-in-${lang}`));
      book.text(3, 'changed', '=1+1');
      book.fill(3, 'percent', '><v>140</v>');
      book.text(4, 'next', lang === 'zh' ? '下月验收' : 'Acceptance next month');
      const other = book.row(4).get(book.column('_key'))!;
      const [matter, unit] = other.split('.').map(Number);
      const at = `${server.url}/api/v1/matters/${matter}/report`;
      const form = (await (await page.request.get(`${at}?unit=${unit}`)).json()).report;
      const typed = { unit, kind: form.kind, changed: '', percent: form.percent, next: lang === 'zh' ? '先开会' : 'A meeting first', version: form.version };
      expect((await page.request.put(at, { data: typed })).status()).toBe(200);
      await bring(book);
      await expect.poll(() => rows().count()).toBe(2);
      expect(await rows('faulty').count()).toBe(1);
      expect(await rows('conflict').count()).toBe(1);
      expect(await violations(page)).toEqual([]);
      expect((await misspoken(page, lang)).filter((s) => !/reports\.xlsx/.test(s))).toEqual([]);
      await shots(page, `sheet-preview-${lang}`);
      await page.setViewportSize(phone);
      await shots(page, `sheet-preview-phone-${lang}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      await page.setViewportSize(desktop);
    });

    test('the error is mended, the conflict decided, and both are kept as drafts', async ({ onTestFailed }) => {
      onTestFailed(() => shoot(page, `sheet-write-${lang}`));
      await mend('faulty', 'sheet.column.percent').click();
      await rows('faulty').getByRole('textbox').fill('40');
      await button({ page, lang }, 'act.save', rows('faulty')).click();
      await rows('conflict').getByRole('radio').first().check();
      await expect.poll(() => rows('changed').count()).toBe(2);
      await shots(page, `sheet-decided-${lang}`);
      await button({ page, lang }, 'sheets.as_drafts').click();
      await expect.poll(() => rows('done').count()).toBe(2);
      const [matter, unit] = book.row(3).get(book.column('_key'))!.split('.');
      const draft = (await (await page.request.get(`${server.url}/api/v1/matters/${matter}/report?unit=${unit}`)).json()).report;
      expect([draft.changed, draft.percent, draft.status]).toEqual(['=1+1', 40, 'draft']);
      await shots(page, `sheet-done-${lang}`);
    });

    test('a workbook that is not ours is refused in words', async ({ onTestFailed }) => {
      onTestFailed(() => shoot(page, `sheet-refused-${lang}`));
      const other = new Book(readFileSync(file));
      other.parts.set('xl/vbaProject.bin', 'x');
      await bring(other, 'macros.xlsx');
      await page.getByRole('alert').filter({ hasText: 'macros.xlsx' }).waitFor();
      await shots(page, `sheet-failed-${lang}`);
      expect(await violations(page)).toEqual([]);
      expect(faults).toEqual([]);
    });

    test('an office changes a unit in its ledger', async ({ onTestFailed }) => {
      onTestFailed(() => shoot(page, `sheet-ledger-${lang}`));
      await page.context().clearCookies();
      await enter({ page, lang }, server.linkFor(office));
      await page.goto(`${server.url}/docket?status=in_progress`);
      await page.getByRole('button', { name: text(lang, 'ledger.export') }).click();
      const ledger = await download(() => page.getByRole('link', { name: text(lang, 'ledger.export_fill') }).click());
      const units = (await (await page.request.get(`${server.url}/api/v1/units`)).json()).items as { name: string }[];
      const was = ledger.row(3).get(ledger.column('leads'));
      const other = units.map((u) => u.name).filter((n) => n !== was).at(-1)!;
      ledger.text(3, 'leads', other);
      await bring(ledger, 'ledger.xlsx');
      await rows('faulty').waitFor(); // the reason is missing
      await shots(page, `sheet-ledger-${lang}`);
      await mend('faulty', 'sheet.column.why').click();
      await rows().getByRole('textbox').fill(lang === 'zh' ? '职责调整' : 'Duties moved');
      await button({ page, lang }, 'act.save', rows().first()).click();
      await button({ page, lang }, 'sheets.as_moves').click();
      await rows('done').waitFor();
      const no = ledger.row(3).get(ledger.column('no'))!;
      const items = (await (await page.request.get(`${server.url}/api/v1/ledger?text=${no}`)).json()).items as { leads: { name: string }[] }[];
      expect(items[0]!.leads.map((u) => u.name)).toEqual([other]);
      expect(faults).toEqual([]);
    });
  });
}
