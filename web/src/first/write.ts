import type { Component } from 'svelte'
import { render } from 'svelte/server'
import App from '../app/App.svelte'
import { fetchMe } from '../app/queries'
import type { PageProps } from '../app/routes'
import { firstLang, show, type Lang, type Pack } from '../i18n/index.svelte'

/** Writes a page's first view, from the answers that came inside the page, before the
 *  program is there: the same components, written once as text. main.ts then takes these
 *  elements over as they stand. */
export function write(page: Component, said: Record<Lang, Pack>): void {
  const program = document.querySelector<HTMLTemplateElement>('template#program')
  if (program) document.head.append(program.content) // it comes while this is written and painted
  show(said[firstLang()])
  const target = document.getElementById('app')!
  // The page's policy forbids styles written in elements, and allows those set on them.
  target.innerHTML = render(App, { props: { me: fetchMe(), page: page as Component<PageProps> } }).body.replaceAll(' style="', ' data-style="')
  for (const el of target.querySelectorAll<HTMLElement>('[data-style]')) {
    el.style.cssText = el.dataset.style!
    delete el.dataset.style
  }
}
