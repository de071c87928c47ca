// What cannot be taken in is refused in the reader's language, by name and with a
// way to mend it, and leaves nothing behind.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Walker, button, enter } from './acts';
import { launch, open, violations } from './browser';
import { type Server, serve } from './server';
import { type Lang, sentence, text } from './texts';

const good = '青禾县人民政府关于做好冬季供暖的通知\n\n一、检修管网。11月底前完成供暖管网检修30公里。（县住建局牵头，县财政局配合）\n';

interface Bad {
  name: string;
  bytes: Buffer;
  key: string;
  values?: Record<string, string | number>;
}

const bad: Bad[] = [
  { name: 'empty.docx', bytes: Buffer.alloc(0), key: 'paper.empty' },
  { name: '旧通知.doc', bytes: Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2048)]), key: 'paper.convert_doc' },
  { name: 'broken.docx', bytes: Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(600, 7)]), key: 'paper.broken' },
  { name: 'plan.txt', bytes: Buffer.from(`机密★1年\n\n${good}`), key: 'paper.classified', values: { mark: '机密' } },
  { name: 'picture.png', bytes: Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), key: 'paper.convert_image' },
  { name: 'large.txt', bytes: Buffer.alloc(40 << 20, 'a'), key: 'paper.too_large', values: { file: 'large.txt', limit: 32 } },
];

let browser: Browser;
let folder: string;
beforeAll(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), 'docket-bad-'));
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

for (const lang of ['zh', 'en'] satisfies Lang[]) {
  describe(lang, () => {
    let server: Server;
    let w: Walker;
    let faults: string[];
    let before: string;
    beforeAll(async () => {
      server = await serve('sqlite', '--sample', lang);
      const opened = await open(browser, undefined, lang === 'zh' ? 'zh-CN' : 'en-GB', {}, /status of 4(01|09|13|15|22)/);
      faults = opened.faults;
      w = { page: opened.page, lang };
      await enter(w, server.link);
      before = await directives();
    });
    afterAll(async () => {
      await w?.page.context().close();
      await server?.stop();
    });

    async function directives(): Promise<string> {
      await w.page.goto(`${server.url}/directives`);
      const rows = w.page.locator('[data-row] [data-open]');
      await rows.first().waitFor();
      return (await rows.allInnerTexts()).join('\n');
    }

    /** The refusal on the screen; its sentence and nothing else arrived. */
    async function refused(key: string, values: Record<string, string | number> = {}): Promise<void> {
      await w.page.locator('.arrivals').getByRole('alert').filter({ hasText: sentence(lang, key, values) }).waitFor();
      expect(await violations(w.page)).toEqual([]);
      expect(await directives()).toBe(before);
      expect(faults).toEqual([]);
    }

    for (const b of bad) {
      test(b.name, async () => {
        const file = join(folder, b.name);
        writeFileSync(file, b.bytes);
        await w.page.goto(`${server.url}/directives`);
        await w.page.locator('input[type=file]').setInputFiles(file);
        await refused(b.key, b.values ?? { file: b.name });
      });
    }

    test('a file dropped on the page', async () => {
      await w.page.goto(`${server.url}/directives`);
      await w.page.locator('.zone').waitFor();
      const data = await w.page.evaluateHandle(() => {
        const d = new DataTransfer();
        d.items.add(new File([], 'dropped.pdf'));
        return d;
      });
      await w.page.locator('.zone').dispatchEvent('drop', { dataTransfer: data });
      await refused('paper.empty', { file: 'dropped.pdf' });
    });

    test('classified words pasted', async () => {
      await w.page.goto(`${server.url}/directives`);
      await button(w, 'import.paste').click();
      await w.page.getByLabel(text(lang, 'import.paste_text')).fill(`机密★1年\n\n${good}`);
      await button(w, 'import.read').click();
      await refused('paper.classified', { mark: '机密' });
      const kept = spawnSync('grep', ['-r', '-l', '-a', '供暖管网检修30公里', server.data], { encoding: 'utf8' }).stdout;
      expect(kept).toBe('');
    });

    test('the same file twice', async () => {
      const file = join(folder, 'heating.txt');
      writeFileSync(file, good);
      await w.page.locator('input[type=file]').setInputFiles(file);
      await w.page.waitForURL(/\/correct/);
      before = await directives();
      await w.page.locator('input[type=file]').setInputFiles(file);
      await w.page.getByRole('link', { name: text(lang, 'import.open_it') }).waitFor();
      await refused('import.again', { file: 'heating.txt' });
    });
  });
}
