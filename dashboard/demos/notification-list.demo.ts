import { html } from 'lit'
import '../src/components/notification-list.ts'
import type { Demo } from './demo.ts'
import { sampleNotifications } from './samples/notifications.ts'

export const demo: Demo = {
  'new and read': () =>
    html`<fm-notification-list .notifications=${sampleNotifications} .nowMs=${Date.now()}></fm-notification-list>`,
}
