// The screens' own catalogues: a walk presses what a person reads, in either
// language, and breaks when a text loses its key.
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';

export type Lang = 'zh' | 'en';
type Key = keyof typeof zh;

/** A text as a pattern: its places for values match anything. */
export function text(lang: Lang, key: Key, values: Record<string, string | number> = {}): RegExp {
  const words = (lang === 'zh' ? zh : en)[key];
  const parts = words.split(/(\{[^}]+\})/).map((part) => {
    const place = /^\{(\w+)(\|[^}]*)?\}$/.exec(part); // the second form chooses a plural
    const said = place === null ? part : place[2] ? undefined : values[place[1]!];
    return said === undefined ? '.+?' : String(said).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^\\s*${parts.join('')}\\s*$`);
}
