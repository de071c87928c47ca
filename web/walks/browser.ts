// A real Chromium, and what every walk asks of a page: no error in its console,
// and no accessibility violation.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type Page, chromium } from 'playwright-core';
import { expect } from 'vitest';

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const program =
  process.env.DOCKET_CHROMIUM ??
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((p) => {
    try {
      return readFileSync(p) !== undefined;
    } catch {
      return false;
    }
  });

export const desktop = { width: 1440, height: 900 };
export const phone = { width: 390, height: 844 };

export function launch(): Promise<Browser> {
  if (!program) throw new Error('Chromium is missing: install it or name one with DOCKET_CHROMIUM');
  return chromium.launch({
    executablePath: program,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** Opens a page that fails the walk when the page logs an error of its own. */
export async function open(browser: Browser, size = desktop, lang = 'zh-CN'): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ viewport: size, locale: lang });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (e) => faults.push(e.message));
  return { page, faults };
}

interface AxeViolation {
  id: string;
  nodes: { target: unknown[]; failureSummary?: string }[];
}

/** Expects no WCAG 2.2 AA violation on the page as it stands. */
export async function accessible(page: Page, where: string): Promise<void> {
  // The page's policy forbids injected scripts, so axe comes in through the debugger.
  const found = await page.evaluate(`(async () => { ${axeSource}
    const r = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return r.violations.map(v => ({ id: v.id, nodes: v.nodes.map(n => ({ target: n.target, failureSummary: n.failureSummary })) }));
  })()`);
  expect(found as AxeViolation[], `${where}: accessibility`).toEqual([]);
}

/** Keeps what the page looked like, for whoever mends a failed walk. */
export async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: new URL(`out/${name.replace(/[^\w-]+/g, '-')}.png`, import.meta.url).pathname });
}
