import { expect, test } from 'vitest'
import { alike, fits, mergeFlat, mergeWhole } from './merge'

test('two hands in different fields join; in the same one a person is asked', () => {
  const base = { a: 'a', b: 'b' }
  expect(mergeFlat(base, { a: 'mine', b: 'b' }, { a: 'a', b: 'theirs' })).toEqual({ value: { a: 'mine', b: 'theirs' }, clash: false })
  expect(mergeFlat(base, { a: 'mine', b: 'b' }, { a: 'theirs', b: 'b' })).toEqual({ value: { a: 'mine', b: 'b' }, clash: true })
  expect(mergeFlat(base, { a: 'same', b: 'b' }, { a: 'same', b: 'b' }).clash).toBe(false)
})

test('what is taken whole is asked for wherever both are new', () => {
  const [base, mine, theirs] = [{ a: 'a', b: 'b' }, { a: 'mine', b: 'b' }, { a: 'a', b: 'theirs' }]
  expect(mergeWhole(base, mine, theirs)).toEqual({ value: mine, clash: true })
  expect(mergeWhole(base, mine, base)).toEqual({ value: mine, clash: false })
  expect(mergeWhole(base, base, theirs)).toEqual({ value: theirs, clash: false })
  expect(mergeWhole(base, mine, { ...mine })).toEqual({ value: mine, clash: false })
})

test('states are told apart by what they say, not by the order of their fields', () => {
  expect(alike({ a: 1, b: [{ c: '', d: 2 }] }, { b: [{ d: 2, c: '' }], a: 1 })).toBe(true)
  expect(alike({ a: [1, 2] }, { a: [2, 1] })).toBe(false)
  expect(alike(undefined, {})).toBe(false)
})

test('what an older program kept in another form is left alone', () => {
  const pattern = { text: '', steps: [] as string[], percent: 0 }
  expect(fits({ text: 'x', steps: ['y'], percent: 1 }, pattern)).toBe(true)
  expect(fits({ text: 'x', steps: {}, percent: 1 }, pattern)).toBe(false)
  expect(fits({ text: 'x', steps: [] }, pattern)).toBe(false)
  expect(fits(null, pattern)).toBe(false)
})
