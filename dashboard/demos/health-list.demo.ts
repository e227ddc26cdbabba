import { html } from 'lit'
import '../src/components/health-list.ts'
import { healthWords } from '../src/words/health-words.ts'
import type { Demo } from './demo.ts'
import { sampleOverview } from './samples/admin.ts'

const { health, devices } = sampleOverview
const calm = { ...health, deliveries: [], deadLetters: { waiting: 0, newestAt: null } }

export const demo: Demo = {
  'needs an act': () => html`<fm-health-list .items=${healthWords({ health, devices })}></fm-health-list>`,
  'all is well': () => html`<fm-health-list .items=${healthWords({ health: calm, devices })}></fm-health-list>`,
}
