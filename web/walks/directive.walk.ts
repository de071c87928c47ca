// The whole walk of a directive: a real document in, corrected, adopted, and
// traced both ways, on either engine.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Walker, adopt, button, clearBlockers, enter, importFile, settleNames } from './acts';
import { launch, open, shoot } from './browser';
import { type Engine, type Server, samples, serve } from './server';
import type { Lang } from './texts';

interface Paper {
  folder: 'zh' | 'en';
  starts: string; // of the file's name
}

const papers: Paper[] = [
  { folder: 'zh', starts: '05-' },
  { folder: 'zh', starts: '15-' },
  { folder: 'zh', starts: '34-' },
  { folder: 'zh', starts: 'chengdu-2018' },
  { folder: 'zh', starts: '32.' },
  { folder: 'en', starts: '2021__action-plan__agency-actions' },
];

const bodies: Record<Lang, string> = { zh: '云州市人民政府', en: 'Northford Council' };

function find({ folder, starts }: Paper): string {
  const name = existsSync(join(samples, folder)) ? readdirSync(join(samples, folder)).find((n) => n.startsWith(starts)) : undefined;
  if (!name) throw new Error(`the sample ${folder}/${starts}… is missing: set DOCKET_SAMPLES`);
  return join(samples, folder, name);
}

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

for (const engine of ['sqlite', 'postgres'] satisfies Engine[]) {
  for (const lang of ['zh', 'en'] satisfies Lang[]) {
    describe(`${engine}, ${lang}`, () => {
      let server: Server;
      let w: Walker;
      let faults: string[];
      beforeAll(async () => {
        server = await serve(engine, '--sample', lang);
        const opened = await open(browser, undefined, lang === 'zh' ? 'zh-CN' : 'en-GB');
        ({ faults } = opened);
        w = { page: opened.page, lang };
        await enter(w, server.link);
      });
      afterAll(async () => {
        await w?.page.context().close();
        await server?.stop();
      });

      for (const paper of papers.filter((p) => p.folder === lang)) {
        test(`${paper.starts} is imported, corrected and adopted`, async ({ onTestFailed }) => {
          onTestFailed(({ task }) => shoot(w.page, task.name));
          await importFile(w, find(paper));
          await settleNames(w, bodies[lang]);
          await clearBlockers(w, bodies[lang]);
          const { directive, matters } = await adopt(w);
          await tracedBothWays(w, directive, matters);
          expect(faults).toEqual([]);
        });
      }
    });
  }
}

/** From the ledger to a matter, to its sentence, and from the gutter back to the matter. */
async function tracedBothWays(w: Walker, directive: string, matters: number): Promise<void> {
  const { page } = w;
  const base = new URL(page.url()).origin;
  await button(w, 'directive.matters_of').first().waitFor(); // the gutter beside the text
  await page.goto(`${base}/docket?directive=${directive}&sort=source`);
  const rows = page.locator('table tbody tr');
  await rows.first().waitFor();
  await expect.poll(() => rows.count()).toBe(Math.min(matters, 50)); // what is out of sight follows a frame later
  const number = rows.first().locator('a[data-open]');
  const task = (await rows.first().locator('a.req').innerText()).trim();
  const no = (await number.innerText()).trim();
  await number.click(); // the matter opens beside the list
  const sentence = page.locator('mark').first();
  await sentence.waitFor();
  expect((await sentence.innerText()).slice(0, 8)).toBe(task.slice(0, 8));
  expect(new URL(page.url()).pathname).toBe('/docket');
  expect(no).toMatch(/^\d{4}-\d{4}$/);
}
