import { html } from 'lit'
import '../src/components/app-nav.ts'
import type { Demo } from './demo.ts'

export const demo: Demo = {
  driver: () => html`<fm-app-nav .page=${'trips'} .role=${'driver'} .drives=${true}></fm-app-nav>`,
  admin: () => html`<fm-app-nav .page=${'devices'} .role=${'admin'} .drives=${false}></fm-app-nav>`,
}
