import { html } from 'lit'
import '../src/components/download-links.ts'
import { driverDownloads, tripDownloads } from '../src/data/downloads.ts'
import type { Demo } from './demo.ts'

export const demo: Demo = {
  'of a driver': () => html`<fm-download-links .downloads=${driverDownloads('DRV-0001')}></fm-download-links>`,
  'of a trip': () => html`<fm-download-links .downloads=${tripDownloads('TRP-8F3K2M7Q9R')}></fm-download-links>`,
}
