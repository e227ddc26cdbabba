import { html } from 'lit'
import '../src/components/filter-bar.ts'
import type { Demo } from './demo.ts'

const choices = [
  {
    name: 'role',
    label: 'Role',
    options: [
      ['', 'Any'],
      ['admin', 'Admin'],
    ],
  },
]

export const demo: Demo = {
  unfiltered: () => html`<fm-filter-bar .choices=${choices} .placeholder=${'Name, e-mail'}></fm-filter-bar>`,
  filtered: () => html`<fm-filter-bar .query=${'?search=ber&role=admin'} .choices=${choices}></fm-filter-bar>`,
}
