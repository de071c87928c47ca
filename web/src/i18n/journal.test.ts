import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { en } from './en'

/** The arguments of a call that begins at `from`, behind its bracket. */
function args(text: string, from: number): string[] {
  const out = ['']
  for (let at = from, depth = 0; at < text.length; at++) {
    const c = text[at]!
    if ('([{'.includes(c)) depth++
    if (')]}'.includes(c) && depth-- === 0) break
    if (c === ',' && depth === 0) out.push('')
    else out[out.length - 1] += c
  }
  return out.map((a) => a.trim())
}

test('whatever the journal notes has a name that people read', () => {
  const dir = '../internal/app/'
  const sources = readdirSync(dir).filter((f) => f.endsWith('.go') && !f.endsWith('_test.go')).map((f) => readFileSync(dir + f, 'utf8'))
  const noted = sources.flatMap((text) => [...text.matchAll(/\bnote\(/g)].flatMap((m) => args(text, m.index + m[0].length).filter((_, i) => i % 2 === 0)))
  const fields = noted.flatMap((a) => /^"(\w+)"$/.exec(a)?.[1] ?? [])
  expect(fields.length).toBeGreaterThan(100)
  expect([...new Set(fields)].filter((f) => !(`field.${f}` in en))).toEqual([])
})

test('the fields of a meeting and of its minutes, told where they change, have names too', () => {
  const fields = ['stocktake', 'minutes'].flatMap((noun) => {
    const record = new RegExp(`type ${noun} struct \\{\\n([^}]*)\\n\\}`, 'i').exec(readFileSync(`../${noun}.go`, 'utf8'))![1]!
    return [...record.matchAll(/json:"(\w+)/g)].map((m) => m[1]!)
  })
  expect(fields.length).toBeGreaterThan(35)
  expect([...new Set(fields)].filter((f) => f !== 'version' && !(`field.${f}` in en))).toEqual([])
})
