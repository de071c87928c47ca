// What people do, in steps that walks share.
import { type Locator, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Lang, text } from './texts';

export const password = 'a walk in the park';

export interface Walker {
  page: Page;
  lang: Lang;
}

export const button = ({ page, lang }: Walker, key: Parameters<typeof text>[1], within: Page | Locator = page) =>
  within.getByRole('button', { name: text(lang, key) });

/** Uses up a one-time link, and sets a password where there is none yet. */
export async function enter(w: Walker, link: string): Promise<void> {
  await w.page.goto(link);
  await button(w, 'link.enter').click();
  const keep = button(w, 'link.keep');
  await keep.or(w.page.locator('#main')).first().waitFor();
  if (await keep.isVisible()) {
    for (const field of await w.page.locator('input[type=password]').all()) await field.fill(password);
    await keep.click();
  }
  await w.page.waitForURL((url) => url.pathname === '/'); // the password is kept now
}

/** Signs in with the password that `enter` set. */
export async function signIn({ page, lang }: Walker, url: string, login: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel(text(lang, 'signin.login')).fill(login);
  await page.getByLabel(text(lang, 'signin.password')).fill(password);
  await page.keyboard.press('Enter');
  await page.locator('#main').waitFor();
}

/** Chooses a file on the page of directives and waits for its correction table. */
export async function importFile(w: Walker, file: string): Promise<void> {
  await w.page.goto(new URL('/directives', w.page.url()).href);
  await w.page.locator('input[type=file]').setInputFiles(file);
  await w.page.waitForURL(/\/directives\/\d+\/correct/);
  await button(w, 'adopt.act').waitFor();
}

/** Settles every name that is open: a suggestion where there is one, a new unit
 *  below `under` otherwise, and the members of a group where it is vague. */
export async function settleNames(w: Walker, under: string): Promise<number> {
  const { page, lang } = w;
  const open = page.getByRole('group', { name: text(lang, 'correct.names') }).locator('button.name');
  let settled = 0;
  for (; (await open.count()) > 0; settled++) {
    const name = await open.first().innerText();
    await open.first().click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await settleOne(w, dialog, under);
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => open.first().innerText({ timeout: 1000 }).catch(() => ''), { timeout: 15_000 }).not.toBe(name);
  }
  return settled;
}

async function settleOne(w: Walker, dialog: Locator, under: string): Promise<void> {
  const apply = button(w, 'name.apply', dialog);
  const create = dialog.getByRole('checkbox', { name: text(w.lang, 'name.create') });
  const suggested = dialog.locator('.line button[aria-pressed]').first();
  if (await create.isVisible()) {
    await create.check();
    const parent = dialog.getByRole('combobox');
    await parent.fill(under);
    await parent.press('Enter');
  } else if (await suggested.isVisible()) {
    await suggested.click();
  } else {
    await dialog.getByRole('treeitem').nth(1).click();
  }
  await apply.click();
}

/** Deals with what keeps a directive from being adopted, row by row: a lead where
 *  none is named, and a day to look again where no due is given. */
export async function clearBlockers(w: Walker, lead: string): Promise<number> {
  const { page } = w;
  let cleared = 0;
  const blockers = button(w, 'adopt.blockers');
  await settled(w);
  while (await blockers.isVisible()) {
    const before = await blockers.innerText();
    await blockers.click();
    await page.getByRole('dialog').getByRole('button').filter({ hasNotText: text(w.lang, 'act.close') }).nth(0).waitFor();
    await page.getByRole('dialog').locator('li button').first().click();
    const row = page.locator('[role=row][aria-selected=true]');
    await row.focus();
    await row.press('Enter');
    const edit = page.locator('[role=row] .edit');
    const combo = edit.getByRole('combobox', { name: text(w.lang, 'correct.add_lead') });
    await combo.fill(lead);
    await combo.press('Enter');
    await settled(w);
    const review = edit.locator('input[type=date]').nth(1);
    if ((await blockers.isVisible()) && (await blockers.innerText()) === before) {
      await review.fill('2027-06-30');
      await review.press('Tab');
      await settled(w);
    }
    await edit.getByRole('button', { name: text(w.lang, 'correct.done') }).click();
    await expect.poll(async () => (await blockers.isVisible()) ? blockers.innerText() : '', { timeout: 15_000 }).not.toBe(before);
    cleared++;
  }
  return cleared;
}

/** Waits until every correction is kept and the bar below has counted again. */
export async function settled({ page, lang }: Walker): Promise<void> {
  await page.getByRole('status').filter({ hasText: text(lang, 'correct.saved') }).waitFor();
  await page.waitForLoadState('networkidle');
}

/** Adopts what the bar below promises, and returns the directive and how many
 *  matters it became. */
export async function adopt(w: Walker): Promise<{ directive: string; matters: number }> {
  await button(w, 'adopt.act').click();
  const yes = button(w, 'adopt.yes', w.page.getByRole('dialog'));
  const matters = Number(/\d+/.exec(await yes.innerText())![0]);
  await yes.click();
  await w.page.waitForURL(/\/directives\/\d+$/);
  return { directive: new URL(w.page.url()).pathname.split('/').at(-1)!, matters };
}
