import { describe, expect, it } from 'vitest'
import type { DirectiveSummary } from '../../api/types'
import { byStatus, filtered, sent } from './model'

const d = (title: string, status: string, number = '') => ({ title, status, number, issuer: '', owner_name: '' }) as DirectiveSummary

describe('the list of directives', () => {
  const all = [d('云州市人居环境整治方案', 'adopted', '云政发〔2026〕3号'), d('Northford Plan', 'reading')]
  it('keeps what is still being read apart', () => {
    expect(byStatus(all).reading.map((x) => x.title)).toEqual(['Northford Plan'])
  })
  it('finds by number and regardless of case', () => {
    expect(filtered(all, '〔2026〕3')).toHaveLength(1)
    expect(filtered(all, 'northford')).toHaveLength(1)
    expect(filtered(all, '  ')).toHaveLength(2)
  })
})

describe('an arrival', () => {
  it('is being read once all of it is sent', () => {
    const a = { id: 1, name: 'a.docx', size: 10, share: 0, state: 'sending' as const }
    expect(sent(a, 0.5).state).toBe('sending')
    expect(sent(a, 1).state).toBe('reading')
  })
})
