// The first view of a page: rows are there before the program, and the program takes
// them over as they stand.
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enter } from './acts';
import { desktop, launch, open, phone, violations } from './browser';
import { type Server, serve } from './server';
import type { Lang } from './texts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

interface Seen {
  row: Element;
  focused: Element;
  says: string[];
}
declare global {
  interface Window {
    first?: Seen;
    saysNow: () => string[];
  }
}

/** Runs in the page: notes the first view as it is written, and puts the focus into it. */
function note(): void {
  window.saysNow = () => [...document.querySelectorAll('#app h1, #app h2, #app thead th, #app [data-row] *, #app .period')].filter((e) => !e.children.length).map((e) => `${e.tagName} ${e.textContent?.trim() ?? ''}`);
  new MutationObserver((_, watching) => {
    const row = document.querySelector('[data-row]');
    const focused = row?.querySelector<HTMLElement>('[data-open]');
    if (!row || !focused) return;
    watching.disconnect();
    focused.focus();
    window.first = { row, focused, says: window.saysNow() };
  }).observe(document, { childList: true, subtree: true });
}

const pages = ['/', '/directives', '/docket'];

describe.each([
  ['zh', ['', 'duban', 'renshe', 'leader']],
  ['en', ['']],
] as [Lang, string[]][])('%s', (lang, logins) => {
  let server: Server;
  beforeAll(async () => {
    server = await serve('sqlite', '--sample', lang);
  });
  afterAll(() => server?.stop());

  const locale = lang === 'zh' ? 'zh-CN' : 'en-GB';
  const states = new Map<string, BrowserContextOptions>(); // a link opens once
  async function stateOf(login: string): Promise<BrowserContextOptions> {
    const kept = states.get(login);
    if (kept) return kept;
    const { page } = await open(browser, desktop, locale);
    await enter({ page, lang }, login ? server.linkFor(login) : server.link);
    states.set(login, { storageState: await page.context().storageState() });
    await page.context().close();
    return states.get(login)!;
  }

  test.each(logins)('%s keeps the rows and the focus of the first view', async (login) => {
    const state = await stateOf(login);
    for (const size of [desktop, phone]) {
      for (const path of pages) {
        const { page, faults } = await open(browser, size, locale, state);
        page.on('console', (m) => m.type() === 'warning' && faults.push(m.text()));
        await page.addInitScript(note);
        await page.goto(server.url + path);
        await page.waitForLoadState('networkidle');
        const seen = await page.evaluate(() => ({ says: window.first?.says ?? [], now: window.saysNow(), kept: window.first?.row.isConnected, focused: window.first?.focused === document.activeElement }));
        const where = `${login}${path} at ${size.width}`;
        if (seen.says.length > 0 || path !== '/') expect([where, seen.kept, seen.focused]).toEqual([where, true, true]);
        expect(seen.says.filter((s) => !seen.now.includes(s)), where).toEqual([]);
        expect(faults, where).toEqual([]);
        await page.context().close();
      }
    }
  });

  test('keys pressed before the program has come are not lost', async () => {
    const state = await stateOf('');
    for (const path of ['/', '/units']) {
      const { page, faults } = await open(browser, desktop, locale, state);
      let arrive = () => {};
      const late = new Promise<void>((done) => (arrive = done));
      await page.route('**/assets/ui-*.js', (route) => void late.then(() => route.continue()));
      await page.goto(server.url + path, { waitUntil: 'commit' });
      await (path === '/' ? page.locator('[data-row]').first() : page.locator('#app')).waitFor({ state: 'attached' });
      await page.keyboard.type('/x');
      await page.keyboard.press('Backspace');
      await page.keyboard.type('2026-0001');
      arrive();
      await expect.poll(() => page.getByRole('dialog').getByRole('combobox').inputValue(), { message: path }).toBe('2026-0001');
      await page.getByRole('dialog').getByRole('option').filter({ hasText: '2026-0001' }).first().waitFor();
      expect(faults, path).toEqual([]);
      await page.context().close();
    }
  });

  test('is whole and accessible while the program has not come', async () => {
    const state = await stateOf('');
    for (const size of [desktop, phone]) {
      for (const path of pages) {
        const { page } = await open(browser, size, locale, state);
        await page.route('**/assets/ui-*.js', () => {}); // it never comes
        await page.goto(server.url + path, { waitUntil: 'commit' });
        await page.locator('[data-row]').first().waitFor();
        expect(await violations(page), `${path} at ${size.width}`).toEqual([]);
        await page.context().close();
      }
    }
  });
});
