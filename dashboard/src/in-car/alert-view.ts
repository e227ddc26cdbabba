import type { ScreenAlert, ScreenState } from '@fairmile/contract/screen.ts'
import { html } from 'lit'
import { alertWords, needsAct } from './words.ts'

/** An alert across the whole width, in the ground's colour on ink. */
export function alertView(alert: ScreenAlert, view: ScreenState['view']) {
  const { title, detail } = alertWords(alert, view)
  return html`<section class="alert ${needsAct(alert) ? 'act' : 'warn'}" role="alert"><h1>${title}</h1><p>${detail}</p></section>`
}
