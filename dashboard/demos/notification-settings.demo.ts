import { html } from 'lit'
import '../src/components/notification-settings.ts'
import type { Demo } from './demo.ts'
import { samplePreferences } from './samples/notifications.ts'

const view = (change: object) => () =>
  html`<fm-notification-settings .preferences=${{ ...samplePreferences, ...change }}></fm-notification-settings>`

export const demo: Demo = {
  'as it comes': view({}),
  'no quiet hours, a digest': view({ quietHours: null, digest: 'daily' }),
  'no e-mail, no push': view({ offered: { email: false, pushKey: null } }),
}
