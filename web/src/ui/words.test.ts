import { expect, it } from 'vitest'
import { unitAfter } from './words'

it('parts a word from its figure, and neither a sign nor a Chinese unit', () => {
  expect(['fallen trees', 'km', '%', '公里', ''].map((u) => '5' + unitAfter(u))).toEqual(['5 fallen trees', '5 km', '5%', '5公里', '5'])
})
