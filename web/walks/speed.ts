// How long a newcomer waits for the rows of the ledger: nothing cached, the
// processor slowed four times, a line of 4 Mbit/s with 100 ms, beside the same
// without any of that. Prints figures and judges none: machines differ.
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { enter } from './acts';
import { desktop, launch, open } from './browser';
import { type Server, serve } from './server';

interface Visit {
  rows: number; // ms from the start of the navigation until rows are painted
  cpu: number; // ms of the processor the page's own thread used until then, slowed or not
  code: number; // bytes of script and style as sent, compressed
  all: number; // bytes of everything
}

const runs = 5;
let browser: Browser;
let server: Server;
let state: Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['storageState']>>;

beforeAll(async () => {
  [browser, server] = await Promise.all([launch(), serve('sqlite', '--sample', 'zh')]);
  const { page } = await open(browser);
  await enter({ page, lang: 'zh' }, server.link);
  state = await page.context().storageState();
  await page.context().close();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

declare const seen: (ms: string) => void;

/**
 * Runs in the page and tells when the frame with the first rows is laid out and
 * painted. A driver's own way of waiting would ask over and over on the slowed
 * thread, and be measured with the page.
 */
function watch(): void {
  new MutationObserver((_, watching) => {
    if (!document.querySelector('table tbody a[data-open]')) return;
    watching.disconnect();
    const painted = new MessageChannel();
    painted.port1.onmessage = () => seen(String(performance.now()));
    requestAnimationFrame(() => painted.port2.postMessage(0)); // comes after this frame
  }).observe(document, { childList: true, subtree: true });
}

/** Opens the ledger in a context of its own, so that nothing is cached. */
async function visit(slow: boolean): Promise<Visit> {
  const context = await browser.newContext({ viewport: desktop, locale: 'zh-CN', storageState: state });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const kinds = new Map<string, string>();
  const seen: Visit = { rows: 0, cpu: 0, code: 0, all: 0 };
  cdp.on('Network.responseReceived', (e) => kinds.set(e.requestId, e.type));
  cdp.on('Network.loadingFinished', (e) => {
    seen.all += e.encodedDataLength;
    if (['Script', 'Stylesheet'].includes(kinds.get(e.requestId) ?? '')) seen.code += e.encodedDataLength;
  });
  await cdp.send('Network.enable');
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  if (slow) {
    const bytes = 4_000_000 / 8;
    await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 100, downloadThroughput: bytes, uploadThroughput: bytes });
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  }
  await cdp.send('Page.enable');
  await cdp.send('Runtime.enable');
  await cdp.send('Runtime.addBinding', { name: 'seen' });
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${watch})()` });
  const shown = new Promise<number>((done) => cdp.on('Runtime.bindingCalled', (e) => done(Number(e.payload))));
  await page.goto(`${server.url}/docket`, { waitUntil: 'commit' });
  seen.rows = await shown;
  const { metrics } = await cdp.send('Performance.getMetrics');
  seen.cpu = (metrics.find((m) => m.name === 'TaskDuration')?.value ?? 0) * 1000;
  await page.waitForLoadState('networkidle');
  await context.close();
  return seen;
}

async function visits(slow: boolean): Promise<Visit[]> {
  const out: Visit[] = [];
  for (let i = 0; i < runs; i++) out.push(await visit(slow));
  return out.sort((a, b) => a.rows - b.rows);
}

test('rows of the ledger', async () => {
  await visit(false); // the server's and the browser's own first time
  const fast = (await visits(false))[runs >> 1]!;
  const slow = (await visits(true))[runs >> 1]!;
  const kb = (n: number) => (n / 1024).toFixed(1);
  console.log(
    `BenchmarkFirstPage ${runs}  ${slow.rows.toFixed(0)} ms-rows-slowed  ${fast.rows.toFixed(0)} ms-rows  ` +
      `${(slow.rows / fast.rows).toFixed(1)} slowed/not  ${fast.cpu.toFixed(0)} ms-cpu  ${kb(slow.code)} KB-script-and-style  ${kb(slow.all)} KB-all`,
  );
});

/** MiB the process keeps in memory, as the system counts it. */
function resident(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
}

test.runIf(process.platform === 'linux')('memory of the idle sample city', async () => {
  const empty = await serve('sqlite', '--empty');
  try {
    await pause(10_000); // idle is what it keeps when nobody asks
    const city = resident(server.pid);
    const none = resident(empty.pid);
    console.log(`BenchmarkIdle 1  ${city.toFixed(1)} MiB-city  ${none.toFixed(1)} MiB-empty  ${(city / none).toFixed(2)} city/empty`);
  } finally {
    await empty.stop();
  }
});
