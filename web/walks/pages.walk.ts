// Every page in both languages, light and dark, wide and on a phone: nothing that
// axe finds, no error, no sideways scroll, no word of the other language.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enter } from './acts';
import { desktop, launch, open, phone, shoot, violations } from './browser';
import { type Meetings, prepare } from './meetings';
import { type Server, serve } from './server';
import { type Lang, text } from './texts';
import { misspoken } from './words';

/** What the sample city holds, by number. */
interface City extends Meetings {
  adopted: number;
  reading: number;
  matter: number;
  unit: number;
}

interface Sight {
  name: string;
  as?: 'admin' | 'liaison' | 'nobody';
  path: (city: City) => string;
  /** What a person does there before looking. */
  then?: (page: Page, lang: Lang) => Promise<void>;
  wideOnly?: boolean;
  phoneOnly?: boolean;
}

const press = (key: Parameters<typeof text>[1]) => (page: Page, lang: Lang) => page.getByRole('main').getByRole('button', { name: text(lang, key) }).first().click();
const dialog = (key: Parameters<typeof text>[1]) => async (page: Page, lang: Lang) => {
  await press(key)(page, lang);
  await page.getByRole('dialog').waitFor();
};
const change = (kind: 'rename' | 'move' | 'merge' | 'split' | 'end') => async (page: Page, lang: Lang) => {
  await page.getByRole('button', { name: new RegExp(text(lang, `units.${kind}`).source.replace('\\s*$', '…')) }).click();
  await page.getByRole('dialog').waitFor();
};

const sights: Sight[] = [
  { name: 'sign-in', as: 'nobody', path: () => '/' },
  { name: 'link', as: 'nobody', path: () => '/link/not-a-link-any-more' },
  { name: 'desk', path: () => '/' },
  { name: 'desk of a liaison', as: 'liaison', path: () => '/' },
  { name: 'directives', path: () => '/directives' },
  { name: 'import', path: () => '/import', then: press('import.paste') },
  { name: 'correct', path: (c) => `/directives/${c.reading}/correct?show=all` },
  {
    name: 'correct, a row open',
    path: (c) => `/directives/${c.reading}/correct?show=all`,
    then: async (page) => {
      await page.locator('[role=row][tabindex="0"]').press('Enter');
      await page.locator('.edit textarea').waitFor();
    },
  },
  {
    name: 'correct, a name',
    path: (c) => `/directives/${c.reading}/correct`,
    then: async (page) => {
      await page.locator('button.name').first().click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'directive', path: (c) => `/directives/${c.adopted}` },
  {
    name: 'directive, a clause',
    path: (c) => `/directives/${c.adopted}`,
    then: async (page, lang) => {
      await page.getByRole('button', { name: text(lang, 'directive.matters_of') }).first().click();
      await page.locator('blockquote').waitFor();
    },
  },
  { name: 'directive being read', path: (c) => `/directives/${c.reading}` },
  { name: 'docket', path: () => '/docket' },
  { name: 'docket, filters', path: () => '/docket', then: press('ledger.more') },
  { name: 'docket, groups', path: () => '/docket?group=unit' },
  { name: 'docket, columns', path: () => '/docket', then: press('ledger.columns'), wideOnly: true },
  { name: 'docket, nothing fits', path: () => '/docket?text=qqqq' },
  { name: 'docket, a matter beside it', path: (c) => `/docket?matter=${c.matter}`, then: async (page) => page.getByRole('dialog').locator('mark').first().waitFor() },
  { name: 'matter', path: (c) => `/matters/${c.matter}` },
  { name: 'units', path: () => '/units' },
  { name: 'unit', path: (c) => `/units/${c.unit}` },
  { name: 'units, add', path: () => '/units', then: dialog('units.add') },
  { name: 'units, import', path: () => '/units', then: dialog('units.import') },
  ...(['rename', 'move', 'merge', 'split', 'end'] as const).map((kind) => ({ name: `unit, ${kind}`, path: (c: City) => `/units/${c.unit}`, then: change(kind) })),
  { name: 'people', path: () => '/people' },
  { name: 'people, add', path: () => '/people', then: dialog('people.add') },
  { name: 'people, a post', path: () => '/people', then: dialog('people.add_post') },
  { name: 'people, a link', path: () => '/people', then: dialog('people.link') },
  { name: 'settings', path: () => '/settings' },
  { name: 'channels', path: () => '/settings/channels' },
  { name: 'channels, a robot added', path: () => '/settings/channels', then: async (page, lang) => { await page.locator('#adding').selectOption('dingtalk'); await press('channels.add')(page, lang); } },
  { name: 'sheets', as: 'liaison', path: () => '/sheets' },
  { name: 'sheets of an office', path: () => '/sheets' },
  { name: 'stocktakes', path: () => '/stocktakes' },
  { name: 'stocktakes of a liaison', as: 'liaison', path: () => '/stocktakes' },
  { name: 'promises kept', path: () => '/stocktakes/keeping' },
  { name: 'stocktake, planning', path: () => '/stocktakes/new' },
  { name: 'stocktake, planned', path: (c) => `/stocktakes/${c.planned}` },
  { name: 'stocktake, the plan changed', path: (c) => `/stocktakes/${c.convened}/plan` },
  { name: 'stocktake, convened', path: (c) => `/stocktakes/${c.convened}` },
  { name: 'stocktake of a liaison', as: 'liaison', path: (c) => `/stocktakes/${c.convened}` },
  { name: 'stocktake, sitting', path: (c) => `/stocktakes/${c.sitting}` },
  { name: 'stocktake, closed', path: (c) => `/stocktakes/${c.closed}` },
  {
    name: 'stocktake, a line struck',
    path: (c) => `/stocktakes/${c.closed}`,
    then: async (page) => {
      await page.locator('li[data-row] .acts button').first().click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'statement', path: (c) => `/stocktakes/${c.convened}/statements/${c.speaker}` },
  { name: 'statement of a liaison', as: 'liaison', path: (c) => `/stocktakes/${c.sitting}/statements/${c.speaker}` },
  { name: 'pack', path: (c) => `/stocktakes/${c.convened}/packs/1` },
  { name: 'room', path: (c) => `/stocktakes/${c.sitting}/room` },
  { name: 'room, not open yet', path: (c) => `/stocktakes/${c.convened}/room` },
  { name: 'room, keys', path: (c) => `/stocktakes/${c.sitting}/room`, then: async (page) => page.keyboard.press('?').then(() => page.getByRole('dialog').waitFor()) },
  { name: 'projector', path: (c) => `/stocktakes/${c.sitting}/screen` },
  { name: 'projector, before', path: (c) => `/stocktakes/${c.convened}/screen` },
  { name: 'projector, after', path: (c) => `/stocktakes/${c.closed}/screen` },
  { name: 'minutes', path: (c) => `/stocktakes/${c.closed}/minutes` },
  { name: 'minutes, read', path: (c) => `/stocktakes/${c.closed}/minutes`, then: press('meet.m.read') },
  { name: 'minutes of a liaison', as: 'liaison', path: (c) => `/stocktakes/${c.closed}/minutes` },
  { name: 'no such stocktake', path: () => '/stocktakes/999999' },
  { name: 'notices', as: 'liaison', path: () => '/notices' },
  { name: 'search', path: () => '/', then: async (page) => page.keyboard.press('/').then(() => page.getByRole('dialog').waitFor()) },
  { name: 'more pages', path: () => '/stocktakes', then: async (page, lang) => page.getByRole('button', { name: text(lang, 'frame.more') }).click().then(() => page.getByRole('dialog').waitFor()), phoneOnly: true },
  { name: 'keys', path: () => '/', then: async (page) => page.keyboard.press('?').then(() => page.getByRole('dialog').waitFor()) },
  { name: 'no such page', path: () => '/nowhere' },
  { name: 'no such matter', path: () => '/matters/999999' },
  { name: 'not for a liaison', as: 'liaison', path: () => '/people' },
];

const bodies: Record<Lang, { locale: string; liaison: string }> = { zh: { locale: 'zh-CN', liaison: 'edu' }, en: { locale: 'en-GB', liaison: 'schools' } };

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

type State = Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>;

async function signedIn(link: string, lang: Lang): Promise<{ state: State; page: Page }> {
  const { page } = await open(browser, undefined, bodies[lang].locale);
  await enter({ page, lang }, link);
  return { state: await page.context().storageState(), page };
}

async function look(page: Page, lang: Lang): Promise<City> {
  const ask = async (path: string) => (await page.request.get(new URL(`/api/v1${path}`, page.url()).href)).json();
  const directives = (await ask('/directives')).items as { id: number; status: string }[];
  const of = (status: string) => directives.find((d) => d.status === status)!.id;
  const units = (await ask('/units')).items as { id: number; children: number; parent: number }[];
  return { adopted: of('adopted'), reading: of('reading'), matter: (await ask('/ledger')).items[0].id, unit: units.find((u) => u.parent && !u.children)!.id, ...(await prepare(page, lang)) };
}

for (const lang of ['zh', 'en'] satisfies Lang[]) {
  describe(lang, () => {
    let server: Server;
    let city: City;
    let admin: State;
    let liaison: State;
    beforeAll(async () => {
      server = await serve('sqlite', '--sample', lang);
      const first = await signedIn(server.link, lang);
      admin = first.state;
      city = await look(first.page, lang);
      await first.page.context().close();
      const second = await signedIn(server.linkFor(bodies[lang].liaison), lang);
      liaison = second.state;
      await second.page.context().close();
    });
    afterAll(() => server?.stop());

    for (const colorScheme of ['light', 'dark'] as const) {
      for (const [width, size] of Object.entries({ desktop, phone })) {
        test(`${colorScheme}, ${width}`, async () => {
          const states: Record<string, BrowserContextOptions> = { admin: { storageState: admin }, liaison: { storageState: liaison }, nobody: {} };
          const wrong: string[] = [];
          for (const as of ['nobody', 'liaison', 'admin']) {
            const { page, faults } = await open(browser, size, bodies[lang].locale, { ...states[as], colorScheme, reducedMotion: 'reduce' }, /status of 40[134]/);
            page.setDefaultTimeout(10_000);
            for (const sight of sights.filter((s) => (s.as ?? 'admin') === as && !(size === phone ? s.wideOnly : s.phoneOnly))) {
              const found = await visit(page, new URL(sight.path(city), server.url).href, sight, lang, colorScheme === 'dark', `${lang}-${colorScheme}-${width}-${sight.name}`).catch((e: Error) => [e.message]);
              wrong.push(...[...found, ...faults.splice(0)].map((f) => `${sight.name}: ${f}`));
            }
            await page.context().close();
          }
          expect(wrong).toEqual([]);
        });
      }
    }
  });
}

/** Goes to a sight and says what is wrong there. */
async function visit(page: Page, href: string, sight: Sight, lang: Lang, dark: boolean, name: string): Promise<string[]> {
  await page.goto(href);
  await page.locator('h1').first().waitFor();
  await page.locator('.wait:visible').first().waitFor({ state: 'detached' }); // nothing is still loading
  await sight.then?.(page, lang);
  if (process.env.DOCKET_SHOTS) await shoot(page, name);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [...(await violations(page, dark)), ...(dark ? [] : await misspoken(page, lang)), ...(sideways > 0 ? [`scrolls sideways by ${sideways} px`] : [])];
}
