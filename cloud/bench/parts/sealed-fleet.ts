import { genesisHash, sha256, sign, signatureLength } from '@fairmile/contract/chain.ts'
import { encodeEnvelope, signedPart } from '@fairmile/contract/envelope.ts'
import { payloadFor } from '@fairmile/contract/payload.ts'
import { type Lane, logTopic } from '@fairmile/contract/topics.ts'
import { wireVersion } from '@fairmile/contract/wire.ts'
import { createLots } from '../../../scripts/chaos/lots.ts'
import { drivenSeconds } from '../../chaos/parts/driven.ts'

/** A car of a bench: who it is and how its batches are signed. */
export interface BenchCar {
  id: string
  password: string
  privateKey: string
}

/** A message that is ready to go. */
export interface SealedMessage {
  topic: string
  payload: Buffer
  /** Place of its car in the list. */
  car: number
  lastSeq: number
}

/** Seconds of a batch, which is what a car sends. */
export const batchEvents = 60
/** Different drives that cars share: what a batch holds is encoded once a drive, signed and chained once a car. */
const drives = 64

/** Seals batches of cars before a bench begins; each car's chain goes on from call to call. */
export function createSealedFleet(cars: readonly BenchCar[], { seed }: { seed: number }) {
  const heads = new Map<string, Buffer>()

  const seal = (
    car: number,
    lane: Lane,
    batch: { boot: number; firstSeq: number; count: number; raw: Buffer; schema: Buffer },
  ) => {
    const { id: device, privateKey } = cars[car]!
    const { boot, firstSeq, count, raw, schema: payloadSchema } = batch
    const unsigned = encodeEnvelope({
      ...{ device, boot, lane, firstSeq, count, payloadSchema, codec: 'none', rawSize: raw.length, payload: raw },
      previousHash: heads.get(`${device}/${lane}`) ?? genesisHash,
      signature: Buffer.alloc(signatureLength),
    })
    const payload = Buffer.concat([signedPart(unsigned), sign(signedPart(unsigned), privateKey)])
    heads.set(`${device}/${lane}`, sha256(payload))
    return { topic: logTopic(device, lane), payload, car, lastSeq: firstSeq + count - 1 }
  }

  return {
    /**
     * The next messages of a fleet whose cars send in turn, from the beginning of a boot.
     *
     * @param options `fromMs`: when the first event of the boot was, UTC epoch ms
     */
    telematics({ messages, boot, fromMs }: { messages: number; boot: number; fromMs: number }): SealedMessage[] {
      const lots = createLots(seed + boot)
      const rounds = Math.ceil(messages / cars.length)
      const sealed: SealedMessage[] = []
      for (let round = 0; round < rounds; round++) {
        const firstSeq = round * batchEvents + 1
        const payloads = Array.from({ length: Math.min(drives, cars.length) }, () => {
          const records = drivenSeconds(firstSeq, batchEvents, { fromMs: fromMs + round * batchEvents * 1000, lots })
          const codec = payloadFor('telematics', records, wireVersion)
          return { raw: codec.encode(firstSeq, records), schema: codec.fingerprint }
        })
        for (let car = 0; car < cars.length && sealed.length < messages; car++) {
          const { raw, schema } = payloads[car % payloads.length]!
          sealed.push(seal(car, 'telematics', { boot, firstSeq, count: batchEvents, raw, schema }))
        }
      }
      return sealed
    },
    /** The `n`-th alert of a car in a boot. */
    alert(car: number, { n, boot, at }: { n: number; boot: number; at: number }): SealedMessage & { eventId: string } {
      const eventId = `ALT-${cars[car]!.id.slice(-6)}${boot}-${n}`
      const value = { speedMps: 20, lat: 49, lon: 12, value: 4.2 }
      const records = [
        {
          type: 'alert' as const,
          alert: {
            eventId,
            tripId: `TRP-${boot}-${n}`,
            kind: 'harsh_braking' as const,
            band: 'coach' as const,
            at,
            ...value,
          },
        },
      ]
      const codec = payloadFor('urgent', records, wireVersion)
      const raw = codec.encode(n, records)
      return { ...seal(car, 'urgent', { boot, firstSeq: n, count: 1, raw, schema: codec.fingerprint }), eventId }
    },
  }
}
