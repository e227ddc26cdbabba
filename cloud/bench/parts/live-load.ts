import type { LiveMessage } from '@fairmile/contract/live.ts'

/** How often what is due is published, milliseconds: what waits for that counts as delay. */
const everyMs = 2

/** UTC epoch milliseconds with their fractions, the same in every process of a machine. */
export const wallMs = (): number => performance.timeOrigin + performance.now()

/** Publishes driving updates for one driver after the other at an even rate, each stamped with the moment it was due; gives how many. */
export function publishEvenly(
  publish: (message: LiveMessage) => void,
  { drivers, messagesPerS, seconds }: { drivers: number; messagesPerS: number; seconds: number },
): Promise<number> {
  const all = messagesPerS * seconds
  const startMs = wallMs()
  let sent = 0
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(all, Math.floor(((wallMs() - startMs) / 1000) * messagesPerS))
      for (; sent < due; sent++) publish(updateOf(sent % drivers, startMs + (sent / messagesPerS) * 1000))
      if (sent < all) return
      clearInterval(timer)
      resolve(all)
    }, everyMs)
  })
}

export const driverOf = (n: number): string => `DRV-${n + 1}`

/** A live state as a car sends it every second. */
const updateOf = (n: number, at: number): LiveMessage => ({
  type: 'driving_update',
  driverId: driverOf(n),
  deviceId: `DEV-${n + 1}`,
  state: {
    at,
    tripId: 'TRP-4K7ZV2M9Q1XW',
    lat: 49.012345,
    lon: 12.098765,
    speedMps: 13.89,
    headingDeg: 87.5,
    limitKmh: 50,
    aLong: -0.42,
    aLat: 0.13,
    liveRisk: 23.4,
    tripDistanceM: 12_345,
    tripRisk: 21.2,
    causes: [{ feature: 'speed_over_limit_share', share: 0.41 }],
    calibrationConfidence: 0.97,
    event: null,
  },
})
