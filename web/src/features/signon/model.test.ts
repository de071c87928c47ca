import { expect, it } from 'vitest'
import type { PutSignIn } from '../../api/types'
import { filled } from './model'

it('leaves out rows without a group or a unit', () => {
  const form = { groups: [{ group: 'a', role: 'office', unit: 1 }, { group: ' ', role: 'office', unit: 1 }, { group: 'b', role: 'head', unit: 0 }] } as PutSignIn
  expect(filled(form).groups.map((g) => g.group)).toEqual(['a'])
})
