// A real Chromium, and what every walk asks of a page: no error in its console,
// and no accessibility violation.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, type Page, chromium } from 'playwright-core';

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

/** A page and what went wrong on it: exceptions, and errors in its console. */
export interface Opened {
  page: Page;
  faults: string[];
}

/** Answers that are no fault of a page: nobody is signed in yet. */
const usual = /status of 401/;

/** Opens a page of its own context; a walk expects its faults to stay empty. Answers
 *  that a walk provokes are named in `expected`. */
export async function open(browser: Browser, size = desktop, lang = 'zh-CN', options: BrowserContextOptions = {}, expected = usual): Promise<Opened> {
  const context = await browser.newContext({ viewport: size, locale: lang, ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (e) => faults.push(e.message));
  page.on('console', (m) => {
    if (m.type() === 'error' && !expected.test(m.text())) faults.push(`${m.text()} (${m.location().url})`);
  });
  return { page, faults };
}

interface AxeViolation {
  id: string;
  nodes: { target: unknown[]; failureSummary?: string }[];
}

/** Every WCAG 2.2 AA violation on the page as it stands, one sentence each; or only
 *  those of colours, where the same page was looked at in other colours already. */
export async function violations(page: Page, coloursOnly = false): Promise<string[]> {
  // The page's policy forbids injected scripts, so axe comes in through the debugger.
  const found = (await page.evaluate(`(async () => { ${axeSource}
    const r = await axe.run(document, { resultTypes: ['violations'], runOnly: ${coloursOnly ? "['color-contrast']" : "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']"} });
    return r.violations.map(v => ({ id: v.id, nodes: v.nodes.map(n => ({ target: n.target, failureSummary: n.failureSummary })) }));
  })()`)) as AxeViolation[];
  return found.flatMap((v) => v.nodes.slice(0, 3).map((n) => `${v.id} at ${n.target.join(' ')}: ${n.failureSummary?.replace(/\s+/g, ' ') ?? ''}`));
}

/** Keeps what the page looked like, for whoever mends a failed walk. */
export async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: new URL(`out/${name.replace(/[^\w-]+/g, '-')}.png`, import.meta.url).pathname });
}
