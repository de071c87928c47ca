// A verifier on the spot: the page opens without a network, the form is filled in,
// waits, and files itself once when the network is back. And the pages of this
// kind of work as each role sees them.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { button, enter } from './acts';
import { desktop, launch, open, phone, shoot, violations } from './browser';
import { type Server, serve } from './server';
import { sentence, text } from './texts';

let browser: Browser;
let server: Server;
const lang = 'zh';
const shots = process.env.DOCKET_SHOTS === '1';
const offline = /status of 401|ERR_INTERNET_DISCONNECTED|Failed to load resource/;

beforeAll(async () => {
  browser = await launch();
  server = await serve('sqlite', '--sample', lang);
});
afterAll(async () => {
  await browser.close();
  await server?.stop();
});

/** A browser of its own for somebody; "" is the administrator. */
async function as(login: string, size = desktop, permissions = ['geolocation']): Promise<Page> {
  const { page } = await open(browser, size, 'zh-CN', { permissions, geolocation: { latitude: 31.2304, longitude: 121.4737, accuracy: 12 } }, offline);
  page.setDefaultTimeout(15_000);
  await enter({ page, lang }, login ? server.linkFor(login) : server.link);
  return page;
}

const ask = async (page: Page, path: string) => (await page.request.get(`${server.url}/api/v1${path}`)).json();

async function post(page: Page, path: string, data: unknown, version?: number): Promise<Record<string, never>> {
  const res = await page.request.post(`${server.url}/api/v1${path}`, { data, headers: version ? { 'If-Match': `"${version}"` } : {} });
  if (!res.ok()) throw new Error(`${path}: ${res.status()} ${await res.text()}`);
  return res.json();
}

/** How many files of the screens the browser keeps. */
const cached = 'caches.open("docket-screens").then((c) => c.keys()).then((k) => k.length)';
/** What the page keeps in one of its own stores, as text. */
const stored = (name: string) =>
  `new Promise((r) => { const q = indexedDB.open("docket-verify"); q.onsuccess = () => { const a = q.result.transaction("${name}").objectStore("${name}").getAll(); a.onsuccess = () => { q.result.close(); r(JSON.stringify(a.result)) } } })`;

/** A picture of a made-up canteen, drawn by the browser itself as large as phones take them. */
async function photo(page: Page, name: string, roof: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const url = await page.evaluate((colour) => {
    const c = document.createElement('canvas');
    [c.width, c.height] = [4000, 3000];
    const d = c.getContext('2d')!;
    for (const [fill, x, y, w, h] of [['#9cc3e6', 0, 0, 4000, 1800], ['#7a9b62', 0, 1800, 4000, 1200], ['#c9b18b', 700, 900, 2200, 1300], [colour, 600, 700, 2400, 260], ['#5b5348', 1600, 1600, 300, 600]] as const) {
      d.fillStyle = fill;
      d.fillRect(x, y, w, h);
    }
    return c.toDataURL('image/jpeg', 0.9);
  }, roof);
  return { name, mimeType: 'image/jpeg', buffer: Buffer.from(url.split(',')[1]!, 'base64') };
}

/** The page's own inputs behind "take a photo" and "choose". */
const camera = (page: Page) => page.locator('input[capture]');
const album = (page: Page) => page.locator('input[type=file]:not([capture])');

/** Keeps pictures of a whole page in both languages, narrow and wide. */
async function sights(page: Page, name: string): Promise<void> {
  const size = page.viewportSize()!;
  for (const l of ['en', 'zh'] as const) {
    await page.getByRole('banner').getByText(l === 'en' ? 'EN' : '中文', { exact: true }).click();
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe(l === 'en' ? 'en' : 'zh-CN');
    for (const s of [desktop, phone]) {
      await page.setViewportSize(s);
      await page.reload({ waitUntil: 'networkidle' });
      await page.screenshot({ path: new URL(`out/${name}-${l}-${s.width}.png`, import.meta.url).pathname, fullPage: true });
    }
  }
  await page.setViewportSize(size);
}

/** Goes through the list and finds everything as said. */
async function allTrue(page: Page): Promise<void> {
  for (const yes of await page.getByText(text(lang, 'verify.ok'), { exact: false }).locator('xpath=self::label').all()) await yes.click();
  await page.getByText(text(lang, 'verify.true')).locator('xpath=self::label').click();
}

/** Offers a paper as evidence of a matter, for a unit. */
async function prove(page: Page, id: number, unit: number): Promise<number> {
  const paper = Buffer.from(`12 所食堂验收记录 ${id}\n`);
  const up = (await post(page, `/matters/${id}/uploads`, { unit, name: '验收记录.txt', size: paper.length })) as unknown as { id: number };
  const sent = await page.request.patch(`${server.url}/api/v1/matters/${id}/uploads/${up.id}?offset=0`, { data: paper, headers: { 'Content-Type': 'application/octet-stream' } });
  if (!sent.ok()) throw new Error(`the paper: ${sent.status()} ${await sent.text()}`);
  return ((await post(page, `/matters/${id}/uploads/${up.id}/finish`, {})) as unknown as { id: number }).id;
}

/** Brings one matter of the bureau's to a claim, as its people do. */
async function claim(): Promise<number> {
  const [liaison, head] = [await as('edu'), await as('edu-head')];
  const office = await as('duban');
  const unit = (await ask(office, '/units')).items.find((u: { name: string }) => u.name.endsWith('教育局')).id;
  const matter = await post(office, '/matters', { requirement: '改造校园食堂 12 所', due: '2030-12-31', assignments: [{ role: 'lead', unit }] });
  const id = (matter as unknown as { matter: { id: number } }).matter.id;
  const version = async () => (await ask(office, `/matters/${id}`)).matter.version;
  await post(liaison, `/matters/${id}/moves`, { verb: 'acknowledge', unit }, await version());
  await post(liaison, `/matters/${id}/moves`, { verb: 'plan', unit, milestones: [{ title: '完成招标', due: '2030-06-30', unit, done: '' }] }, await version());
  const report = await post(liaison, `/matters/${id}/reports`, { unit, kind: 'claim', changed: '12 所食堂已全部改造', percent: 100, result: 'met', evidence: [await prove(liaison, id, unit)], version: 0 });
  const filed = report as unknown as { id: number; version: number };
  await post(head, `/matters/${id}/reports/${filed.id}/approve`, {}, filed.version);
  for (const p of [liaison, head, office]) await p.context().close();
  return id;
}

describe('on the spot', () => {
  test('a form filled in without a network files itself, once', async () => {
    const id = await claim();
    const page = await as('hecha', phone);
    await page.goto(`${server.url}/verify`);
    await page.locator(`a[href="/verify/${id}"]`).waitFor();
    // the worker has what the page was made of once the form's matter is kept as well
    await expect.poll(() => page.evaluate(cached), { timeout: 15_000 }).toBeGreaterThan(5);
    await expect.poll(() => page.evaluate(stored('matters')), { timeout: 15_000 }).toContain('食堂');
    if (shots) await shoot(page, 'verify-list-zh-phone');

    await page.context().setOffline(true);
    await page.goto(`${server.url}/verify/${id}`);
    await button({ page, lang }, 'verify.file').waitFor();
    await button({ page, lang }, 'verify.file').click();
    await page.getByText(text(lang, 'verify.no_outcome')).waitFor();
    for (const yes of await page.getByText(text(lang, 'verify.ok'), { exact: false }).locator('xpath=self::label').all()) await yes.click();
    await page.getByText(text(lang, 'verify.true')).locator('xpath=self::label').click();
    await page.getByLabel(text(lang, 'verify.words')).fill('现场查看 3 所，均已投用');
    await button({ page, lang }, 'verify.here').click();
    await expect.poll(() => page.getByLabel(text(lang, 'verify.place')).inputValue()).toContain('31.23040, 121.47370');
    if (shots) await shoot(page, 'verify-form-zh-phone');
    expect(await violations(page)).toEqual([]);
    await expect.poll(() => page.evaluate(stored('drafts')), { timeout: 15_000 }).toContain('现场查看');
    await page.reload(); // the phone went dark: what was typed is there
    await expect.poll(() => page.getByLabel(text(lang, 'verify.words')).inputValue()).toBe('现场查看 3 所，均已投用');
    await button({ page, lang }, 'verify.file').click();
    await page.getByText(text(lang, 'verify.waiting', { n: 1 })).waitFor();
    if (shots) await shoot(page, 'verify-waiting-zh-phone');

    await page.context().setOffline(false);
    await expect.poll(async () => (await ask(page, `/matters/${id}`)).matter.status, { timeout: 15_000 }).toBe('completed');
    await page.getByText(text(lang, 'verify.waiting', { n: 1 })).waitFor({ state: 'hidden' });
    const seen = (await ask(page, `/matters/${id}`)).checks;
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ outcome: 'true', words: '现场查看 3 所，均已投用' });
    expect(seen[0].place).toContain('31.23040');
    expect(await page.locator(`a[href="/verify/${id}"]`).count()).toBe(0);
    await page.context().close();
  });

  test('photos taken without a network are filed with their form, once, with time and place', async ({ onTestFailed }) => {
    const id = await claim();
    const page = await as('hecha', phone);
    onTestFailed(() => shoot(page, 'verify-photos-failed'));
    const [first, second, third] = [await photo(page, 'image.jpg', '#8c3b2e'), await photo(page, 'image.jpg', '#2e4b8c'), await photo(page, '上月.jpg', '#444444')];
    await page.goto(`${server.url}/verify/${id}`);
    await button({ page, lang }, 'photo.take').waitFor();
    await expect.poll(() => page.evaluate(cached), { timeout: 15_000 }).toBeGreaterThan(5);
    await page.context().setOffline(true);

    await page.getByLabel(text(lang, 'photo.allow')).check();
    for (const p of [first, second]) await camera(page).setInputFiles(p);
    await expect.poll(() => page.locator('.shots li').count()).toBe(2);
    await expect.poll(() => page.getByText('北纬 31.23040° 东经 121.47370°').count()).toBe(2);
    await album(page).setInputFiles([third, first, { name: '说明.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<html>no picture</html>') }]);
    await page.getByText(text(lang, 'photo.not_a_picture', { name: '说明.jpg' })).waitFor();
    await page.getByText(text(lang, 'photo.twice', { name: 'image.jpg' })).waitFor();
    await page.getByText(text(lang, 'photo.when_unknown')).waitFor();
    expect(await violations(page)).toEqual([]);
    await button({ page, lang }, 'photo.take').scrollIntoViewIfNeeded();
    if (shots) await shoot(page, 'verify-photos-zh-phone');
    await page.getByRole('button', { name: text(lang, 'photo.remove', { n: 3 }) }).click();
    await expect.poll(() => page.locator('.shots li').count()).toBe(2);

    await page.reload(); // the phone went dark: the photos are there
    await expect.poll(() => page.locator('.shots img').evaluateAll((all) => all.map((i) => (i as HTMLImageElement).naturalWidth))).toEqual([320, 320]);
    await allTrue(page);
    await button({ page, lang }, 'verify.file').click();
    await page.getByText(text(lang, 'verify.waiting', { n: 1 })).waitFor();
    await page.reload();
    await page.context().setOffline(false);
    await expect.poll(async () => (await ask(page, `/matters/${id}`)).matter.status, { timeout: 30_000 }).toBe('completed');
    await expect.poll(() => page.evaluate(stored('photos'))).toBe('[]'); // nothing is left behind
    const seen = (await ask(page, `/matters/${id}`)).checks;
    expect(seen).toHaveLength(1);
    expect(seen[0].photos).toHaveLength(2);
    for (const p of seen[0].photos) expect(p).toMatchObject({ source: 'camera', time_by: 'phone', media: 'image/jpeg', where: { lat: 31.2304, lon: 121.4737, accuracy: 12 }, where_by: 'phone', apart: false });
    await page.context().close();

    const office = await as('duban');
    await office.goto(`${server.url}/matters/${id}`);
    const strip = office.getByRole('list', { name: text(lang, 'photo.title') });
    await strip.scrollIntoViewIfNeeded();
    await expect.poll(() => strip.locator('img').evaluateAll((all) => all.map((i) => (i as HTMLImageElement).naturalWidth))).toEqual([360, 360]);
    await strip.getByRole('button').first().click();
    await expect.poll(() => office.getByRole('dialog').locator('img').evaluateAll((all) => all.map((i) => (i as HTMLImageElement).naturalWidth))).toEqual([1600]);
    await office.keyboard.press('ArrowRight');
    await office.getByRole('dialog', { name: text(lang, 'photo.of', { n: 2, of: 2 }) }).waitFor();
    expect(await violations(office)).toEqual([]);
    await office.keyboard.press('Escape');
    if (shots) await sights(office, 'verify-matter');
    await office.context().close();
  });

  test('without leave to tell the place photos are filed; one that was swapped is named, and the form is mended', async ({ onTestFailed }) => {
    const id = await claim();
    const page = await as('hecha', phone, []);
    onTestFailed(() => shoot(page, 'verify-denied-failed'));
    const devtools = await page.context().newCDPSession(page); // a phone without room at first
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: server.url, quotaSize: 1000 });
    await page.goto(`${server.url}/verify/${id}`);
    await button({ page, lang }, 'photo.take').waitFor();
    await page.getByLabel(text(lang, 'photo.allow')).click();
    await page.getByText(text(lang, 'photo.place_denied')).waitFor();
    expect(await page.getByLabel(text(lang, 'photo.allow')).isChecked()).toBe(false);
    await camera(page).setInputFiles(await photo(page, 'image.jpg', '#8c3b2e'));
    await page.locator('fieldset', { has: page.locator('.shots') }).getByText(text(lang, 'verify.full')).waitFor(); // the form says the same of its draft
    expect(await page.locator('.shots li').count()).toBe(0);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: server.url });
    for (const roof of ['#8c3b2e', '#2e4b8c']) await camera(page).setInputFiles(await photo(page, 'image.jpg', roof));
    await expect.poll(() => page.getByText(text(lang, 'photo.no_place')).count()).toBe(2);
    await album(page).setInputFiles(await photo(page, 'a.jpg', '#444444'));
    await page.getByText(text(lang, 'photo.when_unknown')).waitFor();
    await page.getByLabel(text(lang, 'verify.seen')).fill('2026-01-02T03:04'); // the photos were taken at quite another time
    await expect.poll(() => page.getByText(text(lang, 'photo.apart')).count()).toBe(2);
    await expect.poll(() => page.evaluate(stored('drafts'))).toContain('2026-01-02');
    if (shots) await sights(page, 'verify-form');
    await page.getByRole('button', { name: text(lang, 'photo.remove', { n: 3 }) }).click();
    await allTrue(page);
    await page.evaluate(`new Promise((r) => { const q = indexedDB.open("docket-verify"); q.onsuccess = () => {
      const s = q.result.transaction("photos", "readwrite").objectStore("photos"), c = s.openCursor();
      c.onsuccess = () => { const b = c.result.value; new Uint8Array(b)[b.byteLength >> 1] ^= 1; c.result.update(b).onsuccess = () => { q.result.close(); r() } } } })`);
    await button({ page, lang }, 'verify.file').click();
    await page.getByText(sentence(lang, 'verification.photos')).waitFor();
    const told = await page.locator('.refused').innerText();
    expect(told).toMatch(sentence(lang, 'evidence.swapped'));
    const bad = /第 (\d) 张照片/.exec(told)![1]!; // which of the two the store gave first
    if (shots) await shoot(page, 'verify-refused-zh-phone');
    await button({ page, lang }, 'verify.mend').click();
    await expect.poll(() => page.locator('.shots li').count()).toBe(2);
    expect(await page.locator('input[name=outcome]:checked').count()).toBe(1);
    await page.getByRole('button', { name: text(lang, 'photo.remove', { n: bad }) }).click();
    await button({ page, lang }, 'verify.file').click();
    await expect.poll(async () => (await ask(page, `/matters/${id}`)).matter.status, { timeout: 30_000 }).toBe('completed');
    const seen = (await ask(page, `/matters/${id}`)).checks;
    expect(seen).toHaveLength(1);
    expect(seen[0].photos).toHaveLength(1);
    expect(seen[0].photos[0].where).toBeUndefined();
    await page.context().close();
  });

  test('a form overtaken by others is kept with the refusal in words', async () => {
    const id = await claim();
    const page = await as('hecha', phone);
    await page.goto(`${server.url}/verify/${id}`);
    await button({ page, lang }, 'verify.file').waitFor();
    await expect.poll(() => page.evaluate(cached), { timeout: 15_000 }).toBeGreaterThan(5);
    await page.context().setOffline(true);
    for (const yes of await page.getByText(text(lang, 'verify.ok'), { exact: false }).locator('xpath=self::label').all()) await yes.click();
    await page.getByText(text(lang, 'verify.true')).locator('xpath=self::label').click();
    await button({ page, lang }, 'verify.file').click();
    await page.getByText(text(lang, 'verify.waiting', { n: 1 })).waitFor();
    const leader = await as('leader');
    await post(leader, `/matters/${id}/moves`, { verb: 'stop', words: '上级取消' }, (await ask(leader, `/matters/${id}`)).matter.version);
    await page.context().setOffline(false);
    await page.getByText(text(lang, 'verify.refused')).waitFor();
    await button({ page, lang }, 'verify.drop').click();
    await page.getByText(text(lang, 'verify.refused')).waitFor({ state: 'hidden' });
    await page.context().close();
    await leader.context().close();
  });
});
