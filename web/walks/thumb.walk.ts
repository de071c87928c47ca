// On a phone every page of the rail is within the thumb's reach: in the bar below or
// in the sheet it opens, which a keyboard and a screen reader work as well.
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { button, enter } from './acts';
import { desktop, launch, open, phone, violations } from './browser';
import { type Server, serve } from './server';
import { type Lang, text } from './texts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const bodies: Record<Lang, { locale: string; unit: string }> = { zh: { locale: 'zh-CN', unit: 'edu' }, en: { locale: 'en-GB', unit: 'schools' } };
const hrefs = (within: Locator) => within.locator('a[href]').evaluateAll((all) => all.map((a) => a.getAttribute('href')!));
const places = (page: Page, lang: Lang) => page.getByRole('navigation', { name: text(lang, 'frame.places') });

describe.each(['zh', 'en'] satisfies Lang[])('%s', (lang) => {
  let server: Server;
  beforeAll(async () => {
    server = await serve('sqlite', '--sample', lang);
  });
  afterAll(() => server?.stop());

  test.each(['administrator', 'unit'])('every page of the rail, for the %s', async (who) => {
    const { page, faults } = await open(browser, desktop, bodies[lang].locale);
    const w = { page, lang };
    await enter(w, who === 'unit' ? server.linkFor(bodies[lang].unit) : server.link);
    await places(page, lang).getByRole('link', { name: text(lang, 'settings.title') }).waitFor();
    const rail = (await hrefs(places(page, lang))).slice(1); // the first is the name above
    await page.setViewportSize(phone);
    await button(w, 'frame.more').waitFor(); // the bar has taken the rail's place
    const near = await hrefs(places(page, lang));
    expect(near).toHaveLength(3);
    await button(w, 'frame.more').click();
    const sheet = page.getByRole('dialog', { name: text(lang, 'frame.more') });
    await sheet.waitFor();
    expect([...near, ...(await hrefs(sheet))].sort()).toEqual(rail.sort());
    expect(await violations(page)).toEqual([]);
    for (const at of await sheet.getByRole('link').all()) {
      const box = (await at.boundingBox())!;
      expect(box.height).toBeGreaterThanOrEqual(44);
      expect(box.y).toBeGreaterThan(phone.height / 3); // nearer to the hand than to the eye
    }
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('to the stocktakes and back to a page of the sheet, by keys', async () => {
    const { page, faults } = await open(browser, phone, bodies[lang].locale);
    const w = { page, lang };
    await enter(w, server.linkFor(bodies[lang].unit));
    const focused = () => page.evaluate(() => (document.activeElement?.id === 'main' ? 'main' : (document.activeElement?.textContent ?? '').trim()));
    await places(page, lang).getByRole('link', { name: text(lang, 'meet.title') }).click();
    await page.waitForURL('**/stocktakes');
    expect(await places(page, lang).locator('[aria-current=page]').innerText()).toMatch(text(lang, 'meet.title'));

    const more = button(w, 'frame.more');
    await more.focus();
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog');
    await sheet.waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await expect.poll(focused).toMatch(text(lang, 'frame.more'));

    await page.keyboard.press('Enter');
    await sheet.getByRole('link', { name: text(lang, 'directives.title') }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/directives');
    await sheet.waitFor({ state: 'hidden' });
    await expect.poll(focused).toBe('main');
    expect(await more.getAttribute('aria-current')).toBe('true'); // where the reader is stands in the sheet
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
