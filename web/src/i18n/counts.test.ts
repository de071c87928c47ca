import { expect, test } from 'vitest'
import { en } from './en'
import { fill } from './index.svelte'

const sentences = Object.assign({}, ...Object.values(import.meta.glob<Record<string, string>>('../../../internal/words/en/*.json', { eager: true, import: 'default' }))) as Record<string, string>

test('a sentence agrees with its count, a number or written', () => {
  expect(fill(en['ledger.total'], { n: 1, day: 'today' })).toBe('1 matter as of today')
  expect(fill(en['ledger.total'], { n: 2, day: 'today' })).toBe('2 matters as of today')
  expect(fill(en['ledger.total'], { n: 0, day: 'today' })).toBe('0 matters as of today')
  expect(fill(sentences['lamp.overdue']!, { days: '1' })).toBe('Overdue by 1 day.')
  expect(fill('{n} {n|is|are} {m}', { n: 1200 })).toBe('1,200 are {m}')
})

// What stands before the number says that it counts nothing: photo 1, row 1, the first 1000.
const ordinal = /\b(photo|row|rows|line|step|page|clause|number|no\.|first|year|paragraph|slip|pages?\)?) \{\w+\}|\((pages )?\{\w+\}\)/gi
// Numbers counted, as they are called in both catalogues.
const counted = /\{(n|of|all|count|max|min|limit|days|hours|seconds|minutes|points|gap|off|work|worked|due|late|act|rows|clauses|matters|doubts|units|size|pages)\}(?! million)/g
const plural = /\b1 (?:[a-z]+ ){0,2}?(?!(?:is|was|has|as|this|its)\b)(?:[a-z]*[^su\W]s|are|were|have|do|need|stand|remain|owe)\b/

test('every English sentence holds for a count of one', () => {
  const wrong = Object.entries({ ...en, ...sentences }).flatMap(([key, text]) => {
    const of = text.replace(ordinal, '').replace(/\{\w+\|[^}]*\}/g, '§').replace(counted, '1') // § where both forms are written
    return plural.test(of) ? [`${key}: ${of}`] : []
  })
  expect(wrong).toEqual([])
})
