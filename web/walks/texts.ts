// The screens' own catalogues: a walk presses what a person reads, in either
// language, and breaks when a text loses its key.
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';

export type Lang = 'zh' | 'en';
type Key = keyof typeof zh;

/** A text as a pattern: its places for values match anything. */
export function text(lang: Lang, key: Key, values: Record<string, string | number> = {}): RegExp {
  const words = (lang === 'zh' ? zh : en)[key];
  const parts = words.split(/(\{\w+\})/).map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    const said = name === undefined ? part : values[name];
    return said === undefined ? '.+?' : String(said).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^\\s*${parts.join('')}\\s*$`);
}
