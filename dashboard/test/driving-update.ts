import type { LiveMessage, LiveState } from '@fairmile/contract/live.ts'
import { sampleTrip } from '../demos/samples/trips.ts'

/** A word of the sample driver's car on its sample trip, now. */
export const drivingUpdate = (state: Partial<LiveState>): LiveMessage => ({
  type: 'driving_update',
  driverId: 'DRV-0001',
  deviceId: 'DEV-0001',
  state: {
    at: Date.now(),
    tripId: sampleTrip.id,
    lat: 49,
    lon: 12,
    speedMps: 12.78,
    headingDeg: 0,
    limitKmh: 50,
    aLong: -1,
    aLat: 0,
    liveRisk: 38,
    tripDistanceM: 1200,
    calibrationConfidence: 1,
    event: null,
    ...state,
  },
})
