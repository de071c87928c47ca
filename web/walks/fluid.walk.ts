// A paper of 500 clauses under the hand: prints what a key press costs in script
// and in layout. What it asserts is that the keys do their work.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enter, importFile, settled } from './acts';
import { launch, open } from './browser';
import { type Server, serve } from './server';

const units = ['市教育局', '市财政局', '市住建局', '市交通运输局', '市水务局', '市民政局'];
const unit = (i: number) => units[i % units.length]!;

/** Made-up clauses, one task each. */
function plan(clauses: number): string {
  const lines = ['云州市五百件实事工作方案', '', '云政发〔2026〕99号', ''];
  for (let i = 1; i <= clauses; i++) lines.push(`${i}. 建设第${i}号便民服务站，2026年${(i % 12) + 1}月底前服务群众${i * 10}人次以上。（${unit(i)}牵头，${unit(i + 1)}、${unit(i + 2)}配合）`, '');
  return lines.join('\n');
}

let server: Server;
let folder: string;
let browser: Awaited<ReturnType<typeof launch>>;
beforeAll(async () => {
  browser = await launch();
  server = await serve('sqlite', '--sample', 'zh');
  folder = mkdtempSync(join(tmpdir(), 'docket-fluid-'));
});
afterAll(async () => {
  await browser.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('500 clauses: opening, fifty rows down, one edited', async () => {
  const { page, faults } = await open(browser);
  const w = { page, lang: 'zh' as const };
  await enter(w, server.link);
  const file = join(folder, 'plan.txt');
  writeFileSync(file, plan(500));
  await importFile(w, file);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const spent = async () => {
    const all = new Map((await cdp.send('Performance.getMetrics')).metrics.map((m) => [m.name, m.value * 1000]));
    return { script: all.get('ScriptDuration')!, layout: all.get('LayoutDuration')! + all.get('RecalcStyleDuration')! };
  };
  const said: string[] = [];
  /** Adds up what some work costs. */
  const measure = async (what: string, times: number, work: () => Promise<void>) => {
    const before = await spent();
    await work();
    const after = await spent();
    const each = (k: 'script' | 'layout') => ((after[k] - before[k]) / times).toFixed(1);
    said.push(`${what}: ${each('script')} ms of script, ${each('layout')} ms of style and layout${times > 1 ? ' a key' : ''}`);
  };

  const href = page.url().replace(/\?.*/, '') + '?show=all';
  await page.goto('about:blank');
  await measure('opening', 1, async () => {
    await page.goto(href);
    await page.locator('[role=row][data-m]').nth(499).waitFor({ state: 'attached' });
  });
  const rows = page.locator('[role=row][data-m]');
  const at = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.m);
  await rows.first().focus();
  await measure('moving', 50, async () => {
    for (let i = 0; i < 50; i++) await page.keyboard.press('j');
  });
  expect(await at()).toBe(await rows.nth(50).getAttribute('data-m'));
  await measure('opening a row', 1, () => page.keyboard.press('Enter'));
  await page.locator('.edit textarea').waitFor();
  await measure('typing', 20, () => page.keyboard.type('建设便民服务站并在年底前完成考核验收工作'));
  await measure('leaving and saving', 1, async () => {
    await page.keyboard.press('Escape');
    await settled(w);
  });
  expect(await rows.nth(50).innerText()).toContain('考核验收');
  expect(faults).toEqual([]);
  console.log(said.join('\n'));
});
