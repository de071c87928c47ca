declare global {
  interface Window {
    pressed?: string[]
  }
}

/** Presses the keys that were pressed before the program was there: index.html kept
 *  them. From now on keys are the program's own. */
export function pressAgain(): void {
  const keys = window.pressed ?? []
  window.pressed = undefined
  for (const key of keys) (document.activeElement ?? document).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
}
