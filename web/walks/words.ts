// What a reader of one language must not meet on a page: words of the other, a
// key without its text, a place left unfilled.
import type { Page } from 'playwright-core';
import type { Lang } from './texts';

/** Every text a person meets: what is visible, and what a screen reader says. */
function gather(): string[] {
  const out: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = walker.nextNode(); n; n = walker.nextNode()) {
    const at = n.parentElement!;
    const said = n.textContent!.trim();
    const foreign = at.closest('[lang]') !== document.documentElement && !at.closest('article');
    if (said && !foreign && !at.closest('script, noscript, style, kbd, option')) out.push(said);
  }
  for (const e of document.body.querySelectorAll('[aria-label], [title], [placeholder]')) {
    if (e.closest('article') || e.querySelector(':scope > [lang]')) continue; // named in its own language
    for (const a of ['aria-label', 'title', 'placeholder']) if (e.hasAttribute(a)) out.push(e.getAttribute(a)!);
  }
  return out;
}

// Names the two languages share.
const shared = /\b(Docket|Excel|Word|Markdown|Ctrl|Enter|Esc|PDF|CSV)\b/g;

const odd: Record<Lang, RegExp> = {
  zh: /[A-Za-z]{2,},? [A-Za-z]{2,}/, // two Latin words are a phrase
  en: /\p{Script=Han}/u,
};

/** What on the page is not said in its language, or not said at all. */
export async function misspoken(page: Page, lang: Lang): Promise<string[]> {
  const texts = await page.evaluate(gather);
  return texts.filter((text) => {
    const own = text.replace(shared, ' ');
    return odd[lang].test(own) || /\{\w+\}/.test(own) || /(^|\s)[a-z]+(_[a-z]+)+($|\s)/.test(own) || /(^|\s)[a-z_]+(\.[a-z_]+)+($|\s)/.test(own);
  });
}
