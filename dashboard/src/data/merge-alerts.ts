import type { DrivingEventSummary } from '@fairmile/contract/http/events.ts'
import type { LiveMessage } from '@fairmile/contract/live.ts'

/** What a driver was told, as the list of a live page shows it. */
export type LiveAlert = Pick<
  Extract<LiveMessage, { type: 'safety_alert' }>,
  'at' | 'kind' | 'band' | 'value' | 'eventId' | 'tripId'
>

/** Alerts kept for the list: more than a screen shows; the trip's page has all of them. */
const maxAlerts = 20

/**
 * Adds to the alerts that came over the live channel those of a trip's stored events that were told to the driver.
 *
 * Newest first, each event once; alerts of earlier trips stay behind them.
 */
export function mergeAlerts(
  alerts: readonly LiveAlert[],
  tripId: string,
  events: readonly DrivingEventSummary[],
): LiveAlert[] {
  const known = new Set(alerts.map(({ eventId }) => eventId))
  const stored = events
    .filter(({ id, band }) => band !== 'log' && !known.has(id))
    .map(({ id, startAt, kind, band, peak }): LiveAlert => {
      return { eventId: id, tripId, at: Date.parse(startAt), kind, band, value: peak }
    })
  const ofTrip = [...alerts.filter((alert) => alert.tripId === tripId), ...stored].toSorted((a, b) => b.at - a.at)
  return addAlerts(
    ofTrip,
    alerts.filter((alert) => alert.tripId !== tripId),
  )
}

/** Newer alerts before older ones, as many as are kept. */
export const addAlerts = (newer: readonly LiveAlert[], older: readonly LiveAlert[]): LiveAlert[] =>
  [...newer, ...older].slice(0, maxAlerts)
