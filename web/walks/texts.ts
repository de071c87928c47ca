// The screens' own catalogues: a walk presses what a person reads, in either
// language, and breaks when a text loses its key.
import { readFileSync } from 'node:fs';
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';

export type Lang = 'zh' | 'en';
type Key = keyof typeof zh;

type Values = Record<string, string | number>;

/** A text as a pattern: its places for values match anything. */
export const text = (lang: Lang, key: Key, values: Values = {}) => new RegExp(`^\\s*${pattern((lang === 'zh' ? zh : en)[key], values)}\\s*$`);

/** A sentence of the program itself, such as paper.empty, anywhere in a text. */
export function sentence(lang: Lang, key: string, values: Values = {}): RegExp {
  const file = new URL(`../../internal/words/${lang}/${key.split('.')[0]}.json`, import.meta.url);
  return new RegExp(pattern((JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)[key]!, values));
}

function pattern(words: string, values: Values): string {
  const parts = words.split(/(\{[^}]+\})/).map((part) => {
    const place = /^\{(\w+)(\|[^}]*)?\}$/.exec(part); // the second form chooses a plural
    const said = place === null ? part : place[2] ? undefined : values[place[1]!];
    return said === undefined ? '.+?' : String(said).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return parts.join('');
}
