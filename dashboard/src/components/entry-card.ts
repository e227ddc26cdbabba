import { html, type TemplateResult } from 'lit'
import { mark } from './icon.ts'

interface EntryCard {
  readonly heading: string
  /** One sentence under the heading. */
  readonly lead: string
  readonly content: unknown
}

/** The card of a page that is there before anybody is logged in, to be styled by `entry`. */
export const entryCard = ({ heading, lead, content }: EntryCard): TemplateResult => html`<main class="card">
  <div class="brand">${mark()} Fairmile</div>
  <h1>${heading}</h1>
  <p class="soft" role="status">${lead}</p>
  ${content}</main>`
