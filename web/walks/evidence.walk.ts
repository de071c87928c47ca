// Evidence from a unit's desk: files in through a dropped network, seen without
// leaving the page, described, taken back, refused where they must be.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { button, enter } from './acts';
import { desktop, launch, open, phone, shoot, violations } from './browser';
import { type Server, serve } from './server';
import { text } from './texts';

let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), 'docket-evidence-'));
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A picture of a made-up square, drawn by the browser itself. */
async function photo(page: Page): Promise<Buffer> {
  const url = await page.evaluate(() => {
    const c = document.createElement('canvas');
    [c.width, c.height] = [1600, 1200];
    const d = c.getContext('2d')!;
    for (const [colour, x, y, w, h] of [['#9cc3e6', 0, 0, 1600, 700], ['#7a9b62', 0, 700, 1600, 500], ['#c9b18b', 300, 350, 600, 500], ['#8c3b2e', 260, 280, 680, 90], ['#5b5348', 540, 620, 120, 230]] as const) {
      d.fillStyle = colour;
      d.fillRect(x, y, w, h);
    }
    return c.toDataURL('image/jpeg', 0.9);
  });
  return Buffer.from(url.split(',')[1]!, 'base64');
}

for (const [lang, login, locale] of [['zh', 'edu', 'zh-CN'], ['en', 'schools', 'en-GB']] as const) {
  describe(lang, () => {
    let server: Server;
    let page: Page;
    let faults: string[];
    const name = (n: string) => join(folder, n);
    const zone = () => page.locator('input[type=file]').first();
    const pieces = () => page.locator('.pieces > li.card');

    beforeAll(async () => {
      server = await serve('sqlite', '--sample', lang);
      ({ page, faults } = await open(browser, desktop, locale, {}, /status of (401|4\d\d)|ERR_INTERNET_DISCONNECTED/));
      page.setDefaultTimeout(20_000);
      await enter({ page, lang }, server.linkFor(login));
      await page.getByRole('heading', { name: text(lang, 'desk.mine') }).waitFor();
      const items = (await (await page.request.get(`${server.url}/api/v1/ledger`)).json()).items as { id: number }[];
      await page.goto(`${server.url}/matters/${items[0]!.id}`);
      await page.getByRole('heading', { name: text(lang, 'evidence.title') }).waitFor();
    });
    afterAll(async () => {
      await page?.context().close();
      await server?.stop();
    });

    test('a photo, a paper, a table and a text are taken', async ({ onTestFailed }) => {
      onTestFailed(() => shoot(page, `evidence-taken-${lang}`));
      writeFileSync(name('site.jpg'), await photo(page));
      writeFileSync(name('report.pdf'), await page.context().newPage().then(async (p) => {
        await p.setContent('<h1>Progress report</h1><p>1,200 of 3,000 places are done.</p><div style="break-before:page">Second page</div>');
        const made = await p.pdf({ width: '400px', height: '560px' });
        await p.close();
        return made;
      }));
      writeFileSync(name('places.csv'), 'school,places\nFirst,600\n<b>Second</b>,600\n');
      writeFileSync(name('page.html'), '<!doctype html><title>x</title><h1>A page</h1><script>document.title="ran"</script><p>kept as text</p>');
      await zone().setInputFiles(['site.jpg', 'report.pdf', 'places.csv', 'page.html'].map(name));
      await expect.poll(() => pieces().count(), { timeout: 60_000 }).toBe(4);
      await expect.poll(() => page.locator('.thumb img').evaluateAll((all) => all.map((i) => (i as HTMLImageElement).naturalWidth))).toEqual([360]);
    });

    test('what may not come in is refused in words', async ({ onTestFailed }) => {
      onTestFailed(() => shoot(page, `evidence-refused-${lang}`));
      writeFileSync(name('fake.jpg'), '<html><script>alert(1)</script></html>');
      writeFileSync(name('secret.txt'), '机密★10年\n关于某事的方案');
      await zone().setInputFiles(['fake.jpg', 'secret.txt'].map(name));
      await expect.poll(() => page.locator('.ways .refused').count(), { timeout: 30_000 }).toBe(2);
      await page.locator('.ways').getByText(text(lang, 'evidence.classified')).waitFor();
      expect(await violations(page)).toEqual([]);
      if (process.env.DOCKET_SHOTS) await page.screenshot({ path: join(import.meta.dirname, `out/evidence-${lang}-1440.png`), fullPage: true });
      for (let n = 2; n > 0; n--) await page.locator('.ways').getByRole('button').first().click();
      await expect.poll(() => page.locator('.ways .refused').count()).toBe(0);
    });

    test('a dropped network is waited out, and what arrived is not sent again', async ({ onTestFailed }) => {
      onTestFailed(() => shoot(page, `evidence-dropped-${lang}`));
      writeFileSync(name('long.txt'), 'a line of a long report\n'.repeat(300_000)); // 7 pieces
      const offsets: number[] = [];
      let arrived = 0;
      await page.route('**/uploads/*?offset=*', async (route) => {
        offsets.push(Number(new URL(route.request().url()).searchParams.get('offset')));
        if (++arrived === 3) await page.context().setOffline(true);
        if (arrived >= 3 && arrived < 5) return route.abort('internetdisconnected');
        return route.continue();
      });
      await zone().setInputFiles(name('long.txt'));
      await page.locator('.ways').getByText(lang === 'zh' ? /等待网络/ : /Waiting for the network/).waitFor();
      await page.context().setOffline(false);
      await expect.poll(() => pieces().count(), { timeout: 60_000 }).toBe(5);
      await page.unroute('**/uploads/*?offset=*');
      expect(offsets.filter((o) => o === 0).length).toBe(1);
      expect(offsets.at(-1)).toBeGreaterThan(6_000_000);
    });

    test('everything is seen without leaving the page, by keyboard', async ({ onTestFailed }) => {
      onTestFailed(() => shoot(page, `evidence-preview-${lang}`));
      const show = async (file: string) => {
        await page.getByRole('button', { name: file }).focus();
        await page.keyboard.press('Enter');
        return page.locator('dialog');
      };
      let d = await show('site.jpg');
      await expect.poll(() => d.locator('img').evaluate((i) => (i as HTMLImageElement).naturalWidth)).toBe(1600);
      await page.keyboard.press('Escape');
      d = await show('report.pdf');
      await expect.poll(() => d.locator('img').evaluate((i) => (i as HTMLImageElement).naturalHeight), { timeout: 30_000 }).toBe(1600);
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => d.locator('img').getAttribute('src')).toContain('/pages/2');
      await expect.poll(() => d.locator('img').evaluate((i) => (i as HTMLImageElement).naturalHeight), { timeout: 30_000 }).toBe(1600);
      expect(await violations(page)).toEqual([]);
      if (process.env.DOCKET_SHOTS) await page.screenshot({ path: join(import.meta.dirname, `out/evidence-pdf-${lang}.png`) });
      await page.keyboard.press('Escape');
      d = await show('places.csv');
      await d.getByText('<b>Second</b>').waitFor();
      await page.keyboard.press('Escape');
      d = await show('page.html');
      await d.getByText('kept as text').waitFor();
      expect(await page.title()).not.toBe('ran');
      await page.keyboard.press('Escape');
    });

    test('a piece is described where and when, and taken back', async ({ onTestFailed }) => {
      onTestFailed(() => shoot(page, `evidence-described-${lang}`));
      await page.context().grantPermissions(['geolocation']);
      await page.context().setGeolocation({ latitude: 30.27412, longitude: 120.15509 });
      // A table's card shows its kind as text; pieces stand in the order they arrived.
      const table = pieces().filter({ hasText: 'places.csv' });
      await button({ page, lang }, 'evidence.describe', table).click();
      const d = page.locator('dialog');
      await d.locator('#ev-caption').fill('The hall, finished');
      await button({ page, lang }, 'evidence.here', d).click();
      await expect.poll(() => d.locator('#ev-place').inputValue()).toBe('30.27412,120.15509');
      await d.locator('#ev-taken').fill('2026-03-01T10:30');
      expect(await violations(page)).toEqual([]);
      await button({ page, lang }, 'act.save', d).click();
      await table.getByText('30.27412,120.15509').waitFor();
      page.once('dialog', (q) => void q.accept());
      await button({ page, lang }, 'evidence.take_back', pieces().filter({ hasText: 'page.html' })).click();
      await expect.poll(() => pieces().count()).toBe(4);
    });

    test('on a phone there is a camera', async ({ onTestFailed }) => {
      onTestFailed(() => shoot(page, `evidence-phone-${lang}`));
      await page.setViewportSize(phone);
      await button({ page, lang }, 'evidence.camera').first().scrollIntoViewIfNeeded();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
      expect(await violations(page)).toEqual([]);
      if (process.env.DOCKET_SHOTS) await page.screenshot({ path: join(import.meta.dirname, `out/evidence-${lang}-390.png`) });
      expect(faults).toEqual([]);
    });
  });
}
