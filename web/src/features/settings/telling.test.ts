import { describe, expect, it } from 'vitest'
import type { Telling } from '../../api/types'
import { putTelling, wishesOf } from './telling'

const kept: Telling = {
  version: 1, body_digest: '08:30', body_quiet: { from: '20:00', to: '07:00' },
  channels: [{ id: 'mail', kind: 'mail', name: '', on: true, address: 'a@example.org' }, { id: 'hook1', kind: 'webhook', name: '短信', on: false, address: '' }],
}

describe('how somebody wants to be told', () => {
  it('begins with the body’s hours', () => expect(wishesOf(kept)).toEqual({ on: { mail: true, hook1: false }, own: false, digest: '08:30', quiet: { from: '20:00', to: '07:00' } }))
  it('sends no hours while the body’s are wanted', () => expect(putTelling(wishesOf(kept))).toEqual({ off: ['hook1'] }))
  it('keeps own hours', () => {
    const own = wishesOf({ ...kept, digest: '09:00' })
    expect(own).toMatchObject({ own: true, digest: '09:00', quiet: { from: '20:00' } })
    expect(putTelling(own)).toEqual({ off: ['hook1'], digest: '09:00', quiet: { from: '20:00', to: '07:00' } })
  })
})
