import { describe, expect, it } from 'vitest'
import type { ChannelSettings } from '../../api/types'
import { blank, changed, formOf, portFor } from './model'

const settings: ChannelSettings = {
  version: 3, digest: '08:30', quiet: { from: '20:00', to: '07:00' }, password_set: true,
  mail: { on: true, host: 'mail.example.org', port: 587, tls: 'starttls', user: 'docket', password: '', from: 'docket@example.org', from_name: '督查室', ca: '' },
  hooks: [{ id: 2, kind: 'wecom', name: '教育局群', on: true, host: 'qyapi.weixin.qq.com', secret_set: false, unit: 4, lang: 'zh' }],
  queue: { waiting: 0, failing: 0, fault: { key: '', message: '' } },
}

describe('the form of channels', () => {
  it('sends no secret back, and so keeps it', () => expect(formOf(settings).hooks[0]).toMatchObject({ id: 2, url: '', secret: '' }))
  it('knows when it differs from what is kept', () => {
    const form = formOf(settings)
    expect(changed(form, settings)).toBe(false)
    form.hooks.push(blank('webhook', 'zh'))
    expect(changed(form, settings)).toBe(true)
  })
  it('does not share its parts with what was read', () => {
    formOf(settings).mail.host = 'other'
    expect(settings.mail.host).toBe('mail.example.org')
  })
})

describe('portFor', () => {
  it('follows the encryption', () => expect(portFor('tls', 587)).toBe(465))
  it('leaves a port of its own alone', () => expect(portFor('tls', 2525)).toBe(2525))
})
