import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { areas as prefixes, cut, strays } from '../../texts'
import { areas } from './areas'
import { en } from './en'

test('a text that a feature alone says is said nowhere else', () => {
  expect(Object.keys(areas)).toEqual(Object.keys(prefixes))
  expect(strays()).toEqual([])
  const of = cut(Object.keys(en))
  expect([of.get('meet.convene_text'), of.get('meet.title'), of.get('settings.factor'), of.get('ledger.title')]).toEqual(['stocktakes', undefined, undefined, undefined])
})

test('every page of a feature with texts of its own brings them', () => {
  const rows = [...readFileSync('src/app/routes.ts', 'utf8').matchAll(/import\('\.\.\/features\/(\w+)\/[^)]*\)(?:, texts: '(\w+)')?/g)]
  expect(rows.length).toBeGreaterThan(25)
  for (const [row, feature, brought] of rows) expect(brought, row).toBe(feature! in areas ? feature : undefined)
})
