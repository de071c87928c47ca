// One matter of the sample city from receipt to strike-off, each act by the
// person whose act it is, as they would do it on the matter's page.
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enter } from './acts';
import { desktop, launch, open, phone, shoot, violations } from './browser';
import { type Server, serve } from './server';
import { text } from './texts';
import { misspoken } from './words';

const lang = 'zh';
const unit = '云州市人力资源和社会保障局';
let browser: Browser;
let server: Server;
let matter: string;
const faults: string[][] = [];
const people = new Map<string, Page>();

beforeAll(async () => {
  browser = await launch();
  server = await serve('sqlite', '--sample', lang);
  const page = await as('renshe');
  const rows = (await ask(page, '/ledger')).items as { id: number; requirement: string }[];
  matter = `/matters/${rows.find((r) => r.requirement.includes('城镇新增就业'))!.id}`;
});
afterAll(async () => {
  await browser.close();
  await server?.stop();
});

/** Somebody's own browser; the liaison writes on a phone. */
async function as(login: string): Promise<Page> {
  const known = people.get(login);
  if (known) return known;
  const opened = await open(browser, login === 'renshe' ? phone : desktop, 'zh-CN', { reducedMotion: 'reduce' }, /status of 40[1349]|status of 4(12|22)|ERR_INTERNET_DISCONNECTED/);
  opened.page.setDefaultTimeout(15_000);
  await enter({ page: opened.page, lang }, server.linkFor(login));
  people.set(login, opened.page);
  faults.push(opened.faults);
  return opened.page;
}

/** Somebody on the matter's page as it stands. */
async function at(login: string): Promise<Page> {
  const page = await as(login);
  await page.goto(server.url + matter);
  await page.locator('.req').waitFor();
  return page;
}

const ask = async (page: Page, path: string) => (await page.request.get(`${server.url}/api/v1${path}`)).json();
const key = (k: Parameters<typeof text>[1], values?: Record<string, string>) => text(lang, k, values);
const act = (page: Page, k: Parameters<typeof text>[1], values?: Record<string, string>, within: Page | Locator = page.getByRole('group', { name: key('matter.acts') })) => within.getByRole('button', { name: key(k, values) });
const dialog = (page: Page) => page.getByRole('dialog');
const status = (page: Page, k: Parameters<typeof text>[1]) => page.locator('.first .tag').filter({ hasText: key(k) }).waitFor();
const said = (page: Page, k: Parameters<typeof text>[1]) => page.locator('.toasts').getByText(key(k)).last().waitFor();

async function look(page: Page, name: string): Promise<void> {
  if (process.env.DOCKET_SHOTS) await shoot(page, `life-${name}`);
  expect(await violations(page), name).toEqual([]);
  expect(await misspoken(page, lang), name).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), name).toBeLessThanOrEqual(0);
}

async function write(words: string, more?: (d: Locator, page: Page) => Promise<void>): Promise<void> {
  const page = await at('renshe');
  await act(page, 'do.write').or(act(page, 'do.go_on')).first().click();
  const d = dialog(page);
  await d.getByLabel(key('report.changed')).fill(words);
  await more?.(d, page);
  await d.getByRole('button', { name: key('report.file') }).click();
  await said(page, 'did.filed');
}

async function approve(): Promise<void> {
  const page = await at('renshe-head');
  await act(page, 'do.approve').click(); // leads to the report
  await page.getByRole('button', { name: key('report.approve') }).click();
  await said(page, 'did.report_approve');
}

describe('a matter lives', () => {
  test('it is acknowledged and planned by the liaison', async () => {
    const page = await at('renshe');
    await look(page, 'acknowledge');
    await act(page, 'do.for', { act: '签收', unit }).click();
    await said(page, 'did.acknowledge');
    await act(page, 'do.for', { act: '报送计划', unit }).click();
    const d = dialog(page);
    await d.getByLabel(key('plan.steps')).check();
    await d.getByLabel(key('plan.step', { n: '1' })).fill('与企业逐户核对用工');
    await d.getByRole('button', { name: key('move_do.plan') }).click();
    await d.locator('[aria-invalid=true]').first().waitFor(); // a step needs its day, said at the field
    await look(page, 'plan');
    await d.getByLabel(key('plan.step_due', { n: '1' })).fill((await ask(page, '/me')).today);
    await d.getByRole('button', { name: key('move_do.plan') }).click();
    await said(page, 'did.plan');
    await status(page, 'status.in_progress');
  });

  test('a report survives a reload and a lost network', async () => {
    const page = await at('renshe');
    await act(page, 'do.write').click();
    const changed = dialog(page).getByLabel(key('report.changed'));
    await changed.fill('新增就业 2.6 万人');
    await dialog(page).getByText(key('draft.saved')).waitFor();
    await page.context().setOffline(true);
    await changed.fill('新增就业 2.6 万人，失业率 5.1%');
    await dialog(page).getByText(key('draft.offline')).waitFor();
    await page.context().setOffline(false);
    await dialog(page).getByText(key('draft.saved')).waitFor();
    await changed.fill('新增就业 2.6 万人，失业率 5.1%，正在逐户核对');
    await page.reload(); // before it was saved
    await act(page, 'do.write').or(act(page, 'do.go_on')).first().click();
    await expect.poll(() => changed.inputValue()).toBe('新增就业 2.6 万人，失业率 5.1%，正在逐户核对');
    await dialog(page).getByText(key('draft.saved')).waitFor();
    await look(page, 'report');
  });

  test('two windows keep both texts', async () => {
    const page = await at('renshe');
    const second = await page.context().newPage();
    await second.goto(server.url + matter);
    for (const p of [page, second]) await act(p, 'do.go_on').click();
    const field = (p: Page) => dialog(p).getByLabel(key('report.changed'));
    for (const p of [page, second]) await expect.poll(() => field(p).inputValue()).toContain('逐户核对');
    await field(page).fill('甲处所写');
    await dialog(page).getByText(key('draft.saved')).waitFor();
    await field(second).fill('乙处所写');
    await dialog(second).getByText(key('draft.differs_own')).waitFor();
    await look(second, 'two-windows');
    await act(second, 'draft.keep_both', undefined, dialog(second)).click();
    await expect.poll(() => field(second).inputValue()).toBe('甲处所写\n乙处所写');
    await dialog(second).getByText(key('draft.saved')).waitFor();
    await second.close();
  });

  test('the head lets it out, the office returns it, it is written again and accepted', async () => {
    await write('新增就业 2.6 万人，失业率 5.1%。');
    await approve();
    const page = await at('duban');
    await act(page, 'do.review').click();
    await page.getByRole('button', { name: key('report.return') }).click();
    await dialog(page).getByRole('button', { name: key('report.return') }).click();
    await dialog(page).getByText(/请从列表中选一项理由/).waitFor();
    await look(page, 'return');
    await dialog(page).getByLabel(key('reason.facts_unclear')).check();
    await dialog(page).getByLabel(key('report.return_words')).fill('请写明各县区分别多少。');
    await dialog(page).getByRole('button', { name: key('report.return') }).click();
    await said(page, 'did.report_return');
    await look(page, 'returned');
    await write('新增就业 2.7 万人：临江区 1.5 万，青禾县 0.7 万，经开区 0.5 万。', async (d) => {
      await d.getByText('请写明各县区分别多少。').waitFor(); // why it came back stands above
      await d.getByRole('checkbox').first().check(); // a step is reached
    });
    await approve();
    await page.reload();
    await act(page, 'do.review').click();
    await page.getByRole('button', { name: key('report.accept') }).click();
    await said(page, 'did.report_accept');
    await page.locator('.step .reached').waitFor(); // the plan knows of it
  });

  test('a claim says at once what it lacks; it is claimed when the part is waived', async () => {
    const page = await at('renshe');
    await act(page, 'do.write').click();
    await dialog(page).getByLabel(key('report_kind.claim')).check();
    await dialog(page).getByText(key('report.lacks_parts')).waitFor();
    await look(page, 'claim');
    await dialog(page).getByRole('button', { name: key('draft.later') }).click();
    await dialog(page).waitFor({ state: 'hidden' });
    await act(page, 'matter.more').click();
    await page.getByRole('button', { name: key('do.for', { act: '免除配合任务', unit: '云州市总工会' }) }).click();
    await dialog(page).getByRole('button', { name: key('move_do.waive') }).click();
    await dialog(page).getByText(/必填/).waitFor();
    await dialog(page).getByLabel(key('matter.reason')).fill('岗位信息已由人社局直接采集。');
    await dialog(page).getByRole('button', { name: key('move_do.waive') }).click();
    await said(page, 'did.waive');
    await act(page, 'do.go_on').click();
    await dialog(page).getByLabel(key('result.met')).check();
    await dialog(page).getByText(key('report.lacks_evidence')).waitFor();
    await dialog(page).getByLabel(key('report.claim_text')).fill('全年新增就业 3.3 万人，失业率 5.0%。');
    await dialog(page).getByRole('button', { name: key('report.file') }).click();
    await dialog(page).getByText(/申请办结须附佐证/).first().waitFor(); // nothing proves it yet
    await dialog(page).locator('input[type=file]').first().setInputFiles({ name: '就业统计.txt', mimeType: 'text/plain', buffer: Buffer.from('新增就业 3.3 万人') });
    await dialog(page).locator('.pieces').getByText('就业统计.txt').first().waitFor();
    await dialog(page).getByText(key('report.claim_ready')).waitFor();
    await dialog(page).getByRole('button', { name: key('report.file') }).click();
    await said(page, 'did.filed');
    await approve();
    await status(await at('renshe'), 'status.claimed');
  });

  test('a verifier from outside finds it true, and the office strikes it off', async () => {
    const page = await at('hecha');
    await act(page, 'do.check_claim').click();
    await dialog(page).getByRole('button', { name: key('check.file') }).click();
    await dialog(page).getByText(/请选择属实或不属实/).waitFor();
    await look(page, 'verify-fault');
    for (const box of await dialog(page).getByRole('checkbox').all()) await box.check();
    await dialog(page).getByLabel(key('outcome.true')).check();
    await dialog(page).getByLabel(key('check.place')).fill('临江区人力资源市场');
    await look(page, 'verify');
    await dialog(page).getByRole('button', { name: key('check.file') }).click();
    await said(page, 'did.check');
    await status(page, 'status.completed');
    const office = await at('duban');
    await act(office, 'move.strike_off').click();
    await dialog(office).getByRole('radio', { name: key('effect.measure') }).or(dialog(office).getByLabel(/指标达成/)).first().check();
    await look(office, 'strike-off');
    await dialog(office).getByRole('button', { name: key('move_do.strike_off') }).click();
    await said(office, 'did.strike_off');
    await status(office, 'status.struck_off');
    await look(office, 'struck-off');
  });

  test('who comes second is told who was first, and loses no word', async () => {
    const [office, leader] = [await at('duban'), await at('leader')];
    const rows = (await ask(office, '/ledger?text=课后服务')).items as { id: number }[];
    for (const p of [office, leader]) {
      await p.goto(`${server.url}/matters/${rows[0]!.id}`);
      await act(p, 'matter.more').or(act(p, 'move.park')).first().click();
      if (!(await dialog(p).isVisible())) await p.getByRole('button', { name: key('move.park') }).click();
      await dialog(p).getByLabel(key('matter.reason')).fill('场地改造未完成');
      await dialog(p).getByLabel(key('matter.condition')).fill('场地验收');
      await dialog(p).getByLabel(key('matter.look_on')).fill('2099-12-31');
    }
    await dialog(office).getByRole('button', { name: key('move_do.park') }).click();
    await said(office, 'did.park');
    await dialog(leader).getByRole('button', { name: key('move_do.park') }).click();
    await dialog(leader).getByText(/市督查室主任：挂账/).waitFor();
    await look(leader, 'second');
    await dialog(leader).getByRole('button', { name: key('act.take_over') }).click();
    expect(await dialog(leader).getByLabel(key('matter.reason')).inputValue()).toBe('场地改造未完成');
    await dialog(leader).getByText(key('act.gone', { status: '挂账' })).waitFor();
  });

  test('nobody met an error on the way', () => {
    expect(faults.flat()).toEqual([]);
  });
});
