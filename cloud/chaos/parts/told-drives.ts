import { createHash } from 'node:crypto'
import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import { eventId, tripId } from '@fairmile/contract/ids.ts'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import type { TripRecord } from '@fairmile/contract/trip.ts'
import { thresholds, thresholdsHash } from '@fairmile/models/events/thresholds.ts'
import { statisticsExample } from '@fairmile/models/trips/statistics-example.ts'
import type { Lots } from '../../../scripts/chaos/lots.ts'
import type { BrokerMessage } from '../../src/broker/broker.ts'
import { createCar } from './car.ts'
import { drivenSeconds } from './driven.ts'
import type { Identity } from './register-cars.ts'

/** Records of a batch of telematics: a minute. */
const batchRecords = 60
const dayMs = 86_400_000
const judgedBy = thresholdsHash(thresholds, (text) => createHash('sha256').update(text).digest('hex'))

/** A message of a car, as it goes to the broker. */
export interface Told extends BrokerMessage {
  /** When it was sent, epoch ms. */
  atMs: number
  /** Records in it. */
  records: number
}

/** How a drive is told: whole; its record again, longer; without a record; with minutes that never come. */
const manners = ['whole', 'whole', 'whole', 'again', 'again', 'unrecorded', 'holes'] as const

/**
 * Drives of a car, one a day and two a boot, as the messages that reach the broker: some records are told again and longer, some never, and some
 * minutes of telematics are lost for good.
 *
 * @param options `fromMs`: the day of the first
 */
export function toldDrives(
  identity: Identity,
  { drives, fromMs, lots }: { drives: number; fromMs: number; lots: Lots },
): Told[] {
  const told: Told[] = []
  let atMs = fromMs
  let isLost = false
  let records = 0
  const publish = async (topic: string, payload: Buffer): Promise<void> => {
    if (!isLost) told.push({ topic, payload, atMs, records })
  }
  const car = createCar({ identity, publish, window: Number.POSITIVE_INFINITY })
  car.connected()
  const say = (record: TripsRecord): void => {
    records = 1
    car.record('trips', [record])
  }
  const temper = lots.next()
  for (let n = 1; n <= drives; n++) {
    if (n % 2 === 1 && n > 1) car.reboot(car.boot + 1)
    const startMs = fromMs + (n - 1) * dayMs + lots.below(dayMs / 4)
    const minutes = 20 + lots.below(20)
    const manner = lots.pick(manners)
    const firstSeq = car.nextSeq('telematics')
    const seconds = drivenSeconds(firstSeq, minutes * batchRecords, { fromMs: startMs, lots })
    const lost = manner === 'holes' ? 1 + lots.below(minutes - 2) : -1
    const id = tripId(identity.id, car.boot, n)
    const { lat, lon } = seconds[0]!
    atMs = startMs + 6_000
    if (manner !== 'unrecorded' || lots.chance(0.5))
      say({ type: 'trip_started', tripId: id, startAt: startMs, lat, lon })
    const harsh = temper > 0.5 && lots.chance(0.4)
    for (let minute = 0; minute < minutes; minute++) {
      const part = seconds.slice(minute * batchRecords, (minute + 1) * batchRecords)
      atMs = part.at(-1)!.at
      isLost = minute === lost
      records = part.length
      car.record('telematics', part)
      isLost = false
      if (minute === 5 && harsh) say({ type: 'event', event: brakingOf(identity.id, car.boot, n, id, atMs) })
      if (minute === 6 && manner === 'again') say({ type: 'trip', trip: recordOf(id, seconds, 6, { temper, harsh }) })
    }
    if (manner !== 'unrecorded') say({ type: 'trip', trip: recordOf(id, seconds, minutes, { temper, harsh }) })
  }
  car.stop()
  return told
}

type Seconds = ReturnType<typeof drivenSeconds>

function recordOf(
  id: string,
  seconds: Seconds,
  minutes: number,
  { temper, harsh }: { temper: number; harsh: boolean },
): TripRecord {
  const part = seconds.slice(0, minutes * batchRecords)
  const [first, last] = [part[0]!, part.at(-1)!]
  const km = part.reduce((metres, { speedMps }) => metres + (speedMps ?? 0), 0) / 1000
  const events = harsh ? [{ kind: 'harsh_braking', band: 'count', grade: 'A' } as const] : []
  return {
    ...{ id, startAt: first.at, endAt: last.at, endReason: 'ignition_off' },
    ...{ startLat: first.lat, startLon: first.lon, endLat: last.lat, endLon: last.lon },
    ...{ firstSeq: first.seq, lastSeq: last.seq, thresholdsHash: judgedBy },
    statistics: statisticsExample({ km, gradable: 0.95, temper, events, lastsS: part.length - 1 }),
  }
}

function brakingOf(device: string, boot: number, n: number, trip: string, atMs: number): DrivingEvent {
  return {
    ...{ id: eventId(device, boot, n), tripId: trip, kind: 'harsh_braking', startAt: atMs, endAt: atMs + 1500 },
    ...{ peak: 5.2, band: 'count', grade: 'A', gradeReasons: [], lat: 49.01, lon: 12.1 },
    ...{ startSpeedMps: 20, endSpeedMps: 11, limitKmh: null, trace: null },
  }
}
