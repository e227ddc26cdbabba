import { openBatch } from '@fairmile/contract/batch.ts'
import { parseUpTopic } from '@fairmile/contract/topics.ts'
import { createLots } from '../../../scripts/chaos/lots.ts'
import { type Car, createCar } from './car.ts'
import { drivenSeconds } from './driven.ts'
import { type Link, openLink } from './link.ts'
import type { Identity } from './register-cars.ts'

/**
 * Cars as most devices are: what the broker has acknowledged (PUBACK) counts as arrived. For controls alone; each has its own
 * connection, and records a batch whenever `tick` is called.
 */
export function createTrustingFleet(options: { url: string; identities: readonly Identity[]; seed: number }) {
  const { url, identities, seed } = options
  const lots = createLots(seed)
  const fromMs = Date.now() - 24 * 3600 * 1000
  const links: Link[] = []
  const cars = identities.map((identity, i): Car => {
    const car: Car = createCar({
      identity,
      async publish(topic, payload) {
        await links[i]?.publish(topic, payload)
        const { boot, firstSeq: from, lastSeq: upTo } = openBatch(payload, identity.keys)
        const lane = (parseUpTopic(topic) as { lane: string }).lane
        car.ack(Buffer.from(JSON.stringify({ boot, lane, from, upTo, rejected: [] })))
      },
    })
    return car
  })
  for (const [i, { id: clientId, password }] of identities.entries()) {
    const [onUp, onDown] = [() => cars[i]?.connected(), () => cars[i]?.disconnected()]
    links.push(
      openLink({
        url,
        clientId,
        password,
        subscribe: `fairmile/v1/${clientId}/down/ack`,
        onUp,
        onDown,
        onMessage() {},
      }),
    )
  }
  return {
    cars,
    tick() {
      for (const car of cars) {
        const seq = car.nextSeq('telematics')
        if (car.backlog < 100) car.record('telematics', drivenSeconds(seq, 10, { fromMs: fromMs + seq * 1000, lots }))
      }
    },
    close() {
      for (const car of cars) car.stop()
      for (const link of links) link.close()
    },
  }
}
