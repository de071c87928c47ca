import type { Lang } from './index.svelte'

type Texts = Record<string, string>
type Load = () => Promise<{ default: Texts }>

/** The texts that only one feature says, by its name (texts.ts cuts them out). */
export const areas = {
  channels: { zh: () => import('./zh.ts?area=channels&texts'), en: () => import('./en.ts?area=channels&texts') },
  correct: { zh: () => import('./zh.ts?area=correct&texts'), en: () => import('./en.ts?area=correct&texts') },
  keeping: { zh: () => import('./zh.ts?area=keeping&texts'), en: () => import('./en.ts?area=keeping&texts') },
  matter: { zh: () => import('./zh.ts?area=matter&texts'), en: () => import('./en.ts?area=matter&texts') },
  room: { zh: () => import('./zh.ts?area=room&texts'), en: () => import('./en.ts?area=room&texts') },
  settings: { zh: () => import('./zh.ts?area=settings&texts'), en: () => import('./en.ts?area=settings&texts') },
  sheets: { zh: () => import('./zh.ts?area=sheets&texts'), en: () => import('./en.ts?area=sheets&texts') },
  signon: { zh: () => import('./zh.ts?area=signon&texts'), en: () => import('./en.ts?area=signon&texts') },
  stocktakes: { zh: () => import('./zh.ts?area=stocktakes&texts'), en: () => import('./en.ts?area=stocktakes&texts') },
  verify: { zh: () => import('./zh.ts?area=verify&texts'), en: () => import('./en.ts?area=verify&texts') },
} satisfies Record<string, Record<Lang, Load>>

/** A feature with texts of its own. */
export type Area = keyof typeof areas
