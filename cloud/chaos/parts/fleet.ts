import { writeFileSync } from 'node:fs'
import { deviceSubscription, streams } from '@fairmile/contract/topics.ts'
import { createLots } from '../../../scripts/chaos/lots.ts'
import { type AckedBatch, type Car, type CarOptions, createCar } from './car.ts'
import { drivenAlert, drivenSeconds, drivenTrip } from './driven.ts'
import { type Link, openLink } from './link.ts'
import type { Identity } from './register-cars.ts'
import { until } from './until.ts'

/** How often the load looks what is due, ms. */
const tickMs = 20
/** Batches that a car may hold; above it records nothing more, so that a long outage does not fill the memory. */
const maxBacklog = 500
/** Place of the device in a topic, as in `fairmile/v1/DEV-1/down/ack`. */
const devicePlace = 2

/** Simulated cars on a broker. */
export interface Fleet {
  readonly cars: readonly Car[]
  /** Ends when every connection stands. */
  connected(): Promise<void>
  /** Records and sends at a rate until the signal ends it. */
  load(load: Load): Promise<void>
  /** Ends when everything recorded is acked. @throws where that takes longer */
  drained(options?: { timeoutMs?: number }): Promise<void>
  /** What was acked: an object a line, for looking into what went wrong. */
  writeHistory(file: string): void
  /** Times from the first sending of a batch to its ack, ms, of what was acked since the last call. */
  takeLatencies(): number[]
  /** How long what was sent and is not acked has waited until now, ms. */
  waitedMs(): number[]
  /** Load that was not recorded, as cars held too much already. */
  readonly held: number
  close(): void
}

/** What the fleet does, over all its cars. */
export interface Load {
  batchesPerS: number
  /** Telematics events in a batch. @default 60 */
  records?: number
  /** @default 0 */
  tripsPerS?: number
  /** @default 0 */
  alertsPerS?: number
  signal: AbortSignal
}

export interface FleetOptions extends Pick<CarOptions, 'window' | 'ackTimeoutMs' | 'trustBroker'> {
  url: string
  identities: readonly Identity[]
  /** One connection for all cars, for brokers that let anyone publish for any; or each car its own. @default gateway */
  connections?: 'gateway' | 'each'
  seed?: number
  /** Of the first record, UTC epoch ms. @default a day ago */
  fromMs?: number
  keepaliveS?: number
  onAcked?: (car: Car, batch: AckedBatch) => void
}

export function createFleet(options: FleetOptions): Fleet {
  const { url, identities, connections = 'gateway', keepaliveS, onAcked = () => {} } = options
  const { window, ackTimeoutMs, trustBroker } = options
  const lots = createLots(options.seed ?? 1)
  const fromMs = options.fromMs ?? Date.now() - 24 * 3600 * 1000
  const latencies: number[] = []
  const links: Link[] = []
  let held = 0

  const carOf = (identity: Identity, linkOf: () => Link): Car => {
    const car: Car = createCar({
      identity,
      publish: (topic, payload) => linkOf().publish(topic, payload),
      ...(window !== undefined && { window }),
      ...(ackTimeoutMs !== undefined && { ackTimeoutMs }),
      ...(trustBroker !== undefined && { trustBroker }),
      onAcked(batch) {
        latencies.push(batch.ackedMs - batch.sentMs)
        onAcked(car, batch)
      },
    })
    return car
  }
  const linkFor = (some: readonly Car[], about: { clientId: string; password?: string; subscribe: string }): Link => {
    const byId = new Map(some.map((car) => [car.identity.id, car]))
    return openLink({
      url,
      ...about,
      ...(keepaliveS !== undefined && { keepaliveS }),
      onUp() {
        for (const car of some) car.connected()
      },
      onDown() {
        for (const car of some) car.disconnected()
      },
      onMessage(topic, payload) {
        const car = byId.get(topic.split('/')[devicePlace] ?? '')
        if (car && topic === streams.ack.topic(car.identity.id)) car.ack(payload)
      },
    })
  }
  const cars = identities.map((identity, i) => carOf(identity, () => links[connections === 'gateway' ? 0 : i]!))
  if (connections === 'gateway')
    links.push(linkFor(cars, { clientId: `gateway-${process.pid}`, subscribe: streams.ack.topic('+') }))
  else
    for (const car of cars) {
      const { id: clientId, password } = car.identity
      links.push(linkFor([car], { clientId, password, subscribe: deviceSubscription(clientId) }))
    }

  /** Adds up what is due at a rate, and does it car after car. */
  const paced = (perS: number, record: (car: Car) => void) => {
    let due = 0
    let turn = 0
    return (elapsedMs: number) => {
      for (due += (perS * elapsedMs) / 1000; due >= 1; due--) {
        const car = cars[turn++ % cars.length]!
        if (car.backlog >= maxBacklog) held++
        else record(car)
      }
    }
  }
  const trips = new Map<Car, number>()
  const alerts = new Map<Car, number>()
  const nth = (of: Map<Car, number>, car: Car): number => {
    const n = (of.get(car) ?? 0) + 1
    of.set(car, n)
    return n
  }

  return {
    cars,
    connected: () =>
      until('the connections of the fleet', () => links.every(({ connected }) => connected)).then(() => {}),
    async load({ batchesPerS, records = 60, tripsPerS = 0, alertsPerS = 0, signal }) {
      const works = [
        paced(batchesPerS, (car) => {
          const seq = car.nextSeq('telematics')
          car.record('telematics', drivenSeconds(seq, records, { fromMs: fromMs + seq * 1000, lots }))
        }),
        paced(tripsPerS, (car) => {
          const n = nth(trips, car)
          car.record('trips', drivenTrip(car.identity.id, n, fromMs + n * 60_000))
        }),
        paced(alertsPerS, (car) => {
          const n = nth(alerts, car)
          car.record('urgent', [drivenAlert(car.identity.id, n, fromMs + n * 1_000)])
        }),
      ]
      let lastMs = performance.now()
      while (!signal.aborted) {
        await new Promise((resolve) => setTimeout(resolve, tickMs))
        const nowMs = performance.now()
        for (const work of works) work(nowMs - lastMs)
        lastMs = nowMs
      }
    },
    drained: ({ timeoutMs = 120_000 } = {}) =>
      until('the acks of all that was recorded', () => cars.every(({ backlog }) => backlog === 0), { timeoutMs }).then(
        () => {},
      ),
    writeHistory(file) {
      const lines = cars.flatMap(({ identity, acked }) => acked.map((batch) => ({ device: identity.id, ...batch })))
      writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    },
    takeLatencies: () => latencies.splice(0),
    waitedMs: () => cars.flatMap(({ unackedSentMs }) => unackedSentMs.map((sentMs) => performance.now() - sentMs)),
    get held() {
      return held
    },
    close() {
      for (const car of cars) car.stop()
      for (const link of links) link.close()
    },
  }
}
