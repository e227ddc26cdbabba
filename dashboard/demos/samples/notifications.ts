import type { NotificationPreferences } from '@fairmile/contract/http/notification-preferences.ts'
import type { Notification } from '@fairmile/contract/http/notifications.ts'
import { sampleEvents, sampleTrip } from './trips.ts'

const iso = (hoursAgo: number): string => new Date(Date.now() - hoursAgo * 3_600_000).toISOString()
const [event] = sampleEvents
const alert = {
  ...{ eventId: event?.id ?? 'EVT-1', tripId: sampleTrip.id, kind: 'harsh_braking' as const, band: 'coach' as const },
  ...{ at: Date.now(), value: 4.2, speedMps: 15, lat: null, lon: null },
}

/** What the driver of the samples is told, the newest first. */
export const sampleNotifications: Notification[] = [
  {
    ...{ id: '5', kind: 'premium_updated', createdAt: iso(1), readAt: null },
    data: {
      ...{ policyId: 'POL-1', receiptId: 'RCP-1', premiumMinor: 47_890, beforeMinor: 44_100, currency: 'EUR' },
      ...{ payableMinor: null, monthMinor: 3_990, beforeMonthMinor: 4_300, billedTo: null },
    },
  },
  { id: '4', kind: 'safety_alert', createdAt: iso(2), readAt: null, data: alert },
  { id: '3', kind: 'high_risk', createdAt: iso(50), readAt: iso(49), data: { risk: 71.4, limit: 70 } },
  {
    ...{ id: '2', kind: 'device_silent', createdAt: iso(300), readAt: iso(299) },
    data: { deviceId: 'DEV-4K7ZQ2M9X1RB', heardAt: iso(480), days: 7 },
  },
  { id: '1', kind: 'welcome', createdAt: iso(900), readAt: iso(899), data: {} },
]

/** The driver's preferences. */
export const samplePreferences: NotificationPreferences = {
  language: 'en',
  timeZone: 'Europe/Berlin',
  quietHours: { from: '22:00', to: '07:00' },
  digest: 'off',
  channels: {
    welcome: ['email'],
    high_risk: ['email', 'push'],
    premium_updated: ['email', 'push'],
    safety_alert: ['push'],
    contest_ruled: ['email', 'push'],
    trip_assigned: ['email', 'push'],
    redemption_settled: ['email', 'push'],
    policy_changed: ['email', 'push'],
    points_corrected: ['email', 'push'],
    device_silent: ['email', 'push'],
  },
  offered: {
    email: true,
    pushKey: 'BJ2QmZ9tVJ8n1o2bY5bq7r0wPCrTLhkJwqE0vJkq8J3cX6m0xkqA1xQ2yq3b4Yd5mZ6n7r8s9t0uVwXyZ0AbCdE',
  },
}
