import { instant, t } from '../../i18n/index.svelte'

/** What is told of a photo of a verification. */
export interface Told {
  source: 'camera' | 'album'
  taken_at?: string
  where?: { lat: number; lon: number; accuracy: number }
  where_by: '' | 'phone' | 'picture'
}

/** When it was taken, and whether it was chosen from before. */
export function whenWords(p: Told): string {
  if (!p.taken_at) return t('photo.when_unknown')
  return t(p.source === 'camera' ? 'photo.taken' : 'photo.chosen', { when: instant(p.taken_at) })
}

/** Where it was taken, how sure that is, and who says so. */
export function whereWords(p: Told): string {
  if (!p.where) return t('photo.no_place')
  const { lat, lon, accuracy } = p.where
  const parts = [
    t(lat < 0 ? 'photo.south' : 'photo.north', { deg: Math.abs(lat).toFixed(5) }),
    t(lon < 0 ? 'photo.west' : 'photo.east', { deg: Math.abs(lon).toFixed(5) }),
    ...(accuracy ? [t('photo.within', { n: Math.ceil(accuracy) })] : []),
    ...(p.where_by === 'picture' ? [t('photo.picture_says')] : []),
  ]
  return parts.join(' ')
}
