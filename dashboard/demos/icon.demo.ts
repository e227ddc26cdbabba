import { html } from 'lit'
import { type IconName, icon, mark } from '../src/components/icon.ts'
import type { Demo } from './demo.ts'

const names: IconName[] = ['dashboard', 'live', 'trips', 'price', 'profile', 'devices', 'check', 'differs']

export const demo: Demo = {
  icons: () => html`${names.map((name) => html`<p>${icon(name)} ${name}</p>`)}`,
  mark: () => mark(),
}
