// A meeting from planning to issued minutes, each act by the person whose act it
// is, through the pages around it; what happens in the room goes through the API.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { button, enter } from './acts';
import { desktop, launch, open, phone, shoot, violations } from './browser';
import { type Server, serve } from './server';
import { text } from './texts';
import { misspoken } from './words';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const bodies = {
  zh: { locale: 'zh-CN', office: 'duban', leader: 'leader', liaison: 'edu', head: 'edu-head', title: '四季度冲刺座谈会', place: '第一会议室', words: '开展专题学习三次，新增学位六千个。', promise: '年底前再建成两所学校', line: '市教育局 12月20日前 建成 3 所学校', remark: '第二项的牵头单位请核对', head1: '会议强调', corrected: '出席人员补充一人' },
  en: { locale: 'en-GB', office: 'delivery', leader: 'leader', liaison: 'schools', head: 'schools-head', title: 'Fourth-quarter sprint', place: 'Room 1', words: 'Three sessions were held and 600 places added.', promise: 'Two more schools by the end of the year', line: 'Schools: open 3 schools by 20 December', remark: 'Please check who leads the second point', head1: 'The chair asked for', corrected: 'One more was present' },
};

for (const lang of ['zh', 'en'] as const) {
  describe(lang, () => {
    const body = bodies[lang];
    let server: Server;
    const people = new Map<string, Page>();
    const faults: string[][] = [];
    let meeting: string;
    let unit: number;

    beforeAll(async () => {
      server = await serve('sqlite', '--sample', lang);
    });
    afterAll(() => server?.stop());

    async function as(login: string, size = desktop): Promise<Page> {
      const known = people.get(login);
      if (known) return known;
      const opened = await open(browser, size, body.locale, { reducedMotion: 'reduce' }, /status of 40[1349]|status of 4(12|22)|ERR_INTERNET_DISCONNECTED/);
      opened.page.setDefaultTimeout(20_000);
      await enter({ page: opened.page, lang }, server.linkFor(login));
      people.set(login, opened.page);
      faults.push(opened.faults);
      return opened.page;
    }
    const ask = async (page: Page, path: string) => (await page.request.get(`${server.url}/api/v1${path}`)).json();
    const act = (page: Page, key: Parameters<typeof text>[1]) => button({ page, lang }, key, page.getByRole('main'));
    const said = (page: Page, key: Parameters<typeof text>[1]) => page.locator('.toasts').getByText(text(lang, key)).last().waitFor();

    async function look(page: Page, name: string): Promise<void> {
      if (process.env.DOCKET_SHOTS) await shoot(page, `meet-${name}-${lang}`);
      expect(await violations(page), name).toEqual([]);
      expect(await misspoken(page, lang), name).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), name).toBeLessThanOrEqual(0);
    }

    test('the office plans it and convenes', async ({ onTestFailed }) => {
      const page = await as(body.office);
      onTestFailed(() => shoot(page, `meet-plan-${lang}`));
      await page.goto(`${server.url}/stocktakes/new`);
      await page.getByLabel(text(lang, 'meet.field.title')).fill(body.title);
      await page.getByLabel(text(lang, 'meet.field.place')).fill(body.place);
      await page.getByLabel(text(lang, 'meet.field.convener')).selectOption({ index: 1 });
      await page.getByRole('button', { name: text(lang, 'meet.take_portfolio') }).click();
      const rows = page.locator('#slots > li');
      expect(await rows.count()).toBeGreaterThan(2);
      const second = await rows.nth(1).locator('b').innerText();
      await rows.nth(1).locator('input').focus();
      await page.keyboard.press('Alt+ArrowUp');
      await expect.poll(() => rows.first().locator('b').innerText()).toBe(second);
      await page.reload();
      await act(page, 'meet.start_over').waitFor(); // what was typed came back
      expect(await page.getByLabel(text(lang, 'meet.field.title')).inputValue()).toBe(body.title);
      await act(page, 'meet.propose').click();
      await said(page, 'meet.proposed');
      await look(page, 'plan');
      await act(page, 'meet.save_plan').click();
      await page.waitForURL(/\/stocktakes\/\d+$/);
      meeting = new URL(page.url()).pathname;
      await act(page, 'meet.convene').click();
      await said(page, 'meet.convened');
      await look(page, 'convened');
      await page.setViewportSize(phone);
      await look(page, 'convened-phone');
      await page.setViewportSize(desktop);
    });

    test('a liaison writes the statement, through a lost network, and the head lets it out', async ({ onTestFailed }) => {
      const page = await as(body.liaison);
      onTestFailed(() => shoot(page, `meet-statement-${lang}`));
      await page.goto(`${server.url}/stocktakes`);
      await look(page, 'list');
      await page.locator(`.owed a[href^="${meeting}/"]`).click();
      await page.waitForURL(/statements\/\d+$/);
      unit = Number(page.url().split('/').at(-1));
      await page.locator('#carrying_out').fill(body.words);
      await page.context().setOffline(true);
      await page.locator('#ideas').fill(body.head1);
      await page.getByText(text(lang, 'meet.state.offline')).waitFor();
      await page.context().setOffline(false);
      await page.getByText(text(lang, 'meet.state.saved')).waitFor();
      const saved = page.waitForResponse((r) => r.request().method() === 'PUT');
      await act(page, 'meet.add_promise').click();
      await saved; // a promise without words yet stays where it is
      await page.locator('.promises textarea').fill(body.promise);
      await page.locator('.promises input[type=date]').fill('2099-12-20');
      await page.getByText(text(lang, 'meet.state.saved')).waitFor();
      await page.reload();
      await expect.poll(() => page.locator('#carrying_out').inputValue()).toBe(body.words);
      const day = page.locator('.promises input[type=date]');
      await day.fill('2020-01-20'); // a day gone by is refused at its own field
      await act(page, 'meet.send').click();
      await expect.poll(() => day.evaluate((n) => n === document.activeElement && n.getAttribute('aria-invalid') === 'true')).toBe(true);
      await day.fill('2099-12-20');
      await expect.poll(() => page.locator('.promises .fault').count()).toBe(0);
      const kept = await page.locator('#study').inputValue();
      await page.locator('#study').fill('x'.repeat(3001)); // nothing is cut in silence
      await page.locator('#f-study').waitFor();
      expect((await page.locator('#study').inputValue()).length).toBe(3001);
      await page.locator('#study').fill(kept);
      await expect.poll(() => page.locator('#f-study').count()).toBe(0);
      await page.getByText(text(lang, 'meet.state.saved')).waitFor();
      await look(page, 'statement');
      await page.setViewportSize(phone);
      await look(page, 'statement-phone');
      await page.setViewportSize(desktop);
      await act(page, 'meet.send').click();
      await said(page, 'meet.sent');
      const head = await as(body.head);
      await head.goto(page.url());
      await head.locator('h1').waitFor();
      await head.keyboard.press('a');
      await said(head, 'meet.passed_now');
      await look(head, 'statement-passed');
    });

    test('the portfolio leader sends it back from the desk by one key, and agrees by another', async ({ onTestFailed }) => {
      const leader = await as(body.leader);
      onTestFailed(() => shoot(leader, `meet-agree-${lang}`));
      const row = leader.locator(`li[data-row]:has(a[href="${meeting}/statements/${unit}"])`);
      const atHand = async () => {
        await leader.goto(server.url);
        await row.locator('[data-open]').focus();
      };
      await atHand();
      await look(leader, 'agree-desk');
      await leader.setViewportSize(phone);
      await look(leader, 'agree-desk-phone');
      await leader.setViewportSize(desktop);
      await row.locator('[data-open]').focus();
      await leader.keyboard.press('r');
      await leader.getByRole('dialog').locator('textarea').fill(body.remark);
      await leader.getByRole('dialog').getByRole('button', { name: text(lang, 'meet.return') }).click();
      await said(leader, 'meet.returned');
      await expect.poll(() => row.count()).toBe(0);

      const head = await as(body.head);
      const path = `${server.url}${meeting}/statements/${unit}`;
      await head.goto(path);
      await head.getByText(body.remark).waitFor();
      await act(head, 'meet.send').click(); // by the head it goes on at once
      await said(head, 'meet.passed_now');
      const office = await as(body.office);
      await office.goto(server.url + meeting);
      await office.locator('.said > span').filter({ hasText: text(lang, 'meet.said.passed') }).first().waitFor();
      await look(office, 'passed-list');

      await atHand();
      await leader.keyboard.press('a');
      await said(leader, 'meet.filed_now');
      await expect.poll(() => row.count()).toBe(0);
      await head.reload();
      await head.locator('h1 .tag').filter({ hasText: text(lang, 'meet.said.filed') }).waitFor();
      await look(head, 'statement-filed');
    });

    test('minutes go round and are issued by the leader', async ({ onTestFailed }) => {
      const page = await as(body.office);
      onTestFailed(() => shoot(page, `meet-minutes-${lang}`));
      const api = `${server.url}/api/v1${meeting}`;
      const post = async (path: string, data: object) => {
        const answer = await page.request.post(api + path, { data });
        expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
      };
      await post('/room', { act: 'open' });
      await post('/room', { act: 'call', unit });
      await post('/items', { key: 'one', kind: 'decision', unit, text: body.line, parties: [{ role: 'lead', units: [unit] }], due: '2099-12-20' });
      await post('/items', { key: 'two', kind: 'note', unit, text: body.words });
      await post('/room', { act: 'close' });
      await page.goto(server.url + meeting);
      await page.locator('.landing').waitFor();
      await look(page, 'closed');
      await page.goto(`${server.url}${meeting}/minutes`);
      await act(page, 'meet.m.add_heading').click();
      await page.locator('#paras textarea').last().fill(body.head1);
      await page.getByText(text(lang, 'meet.state.saved')).waitFor();
      await look(page, 'minutes');
      await act(page, 'meet.m.circulate').click();
      await said(page, 'meet.m.circulated');
      const liaison = await as(body.liaison);
      await liaison.goto(page.url());
      await liaison.locator('#remark').fill(body.remark);
      await act(liaison, 'meet.m.remark_send').click();
      await said(liaison, 'meet.m.remark_sent');
      const leader = await as(body.leader);
      await leader.goto(page.url());
      await act(leader, 'meet.m.issue').click();
      await leader.getByRole('dialog').getByText(text(lang, 'meet.m.unanswered', { n: 1 })).waitFor();
      await leader.getByRole('dialog').getByRole('button', { name: text(lang, 'meet.m.issue') }).click();
      await said(leader, 'meet.m.issued');
      await look(leader, 'issued');
      await page.reload();
      await act(page, 'meet.m.addend').click();
      await page.getByRole('dialog').locator('textarea').fill(body.corrected);
      await page.getByRole('dialog').getByRole('button', { name: text(lang, 'meet.m.addend') }).click();
      await page.getByText(body.corrected).waitFor();
      await page.goto(server.url + meeting);
      await page.locator('.landing').waitFor();
      expect((await ask(page, meeting)).status).toBe('issued');
      await look(page, 'after');
      expect(faults.flat()).toEqual([]);
    });
  });
}
