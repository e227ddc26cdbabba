import { schemaCodec } from '@fairmile/contract/avro/schema-codec.ts'
import { sealBatch } from '@fairmile/contract/batch.ts'
import { genesisHash, sign } from '@fairmile/contract/chain.ts'
import { decodeEnvelope, encodeEnvelope, signedPart } from '@fairmile/contract/envelope.ts'
import { tripsSchema } from '@fairmile/contract/schemas/trips.ts'
import { logTopic } from '@fairmile/contract/topics.ts'
import type { TripRecord } from '@fairmile/contract/trip.ts'
import type { BrokerMessage } from '../src/broker/broker.ts'
import type { TestDevice } from './devices.ts'

const codec = schemaCodec(tripsSchema)

/** The first batch of a device's `trips` lane that tells of its trips whatever they say: a box that was tampered with looks at nothing. */
export function hostileTrips({ id, keys }: TestDevice, trips: readonly TripRecord[]): BrokerMessage {
  const started = trips.map(
    ({ startAt }) => ({ type: 'trip_started', tripId: 'TRP-1', startAt, lat: null, lon: null }) as const,
  )
  const place = { device: id, boot: 1, lane: 'trips', firstSeq: 1, previousHash: genesisHash } as const
  const { bytes } = sealBatch({ ...place, records: started, privateKey: keys.privateKey })
  const payload = Buffer.concat(trips.map((trip) => codec.encode({ 'fairmile.v1.Trip': trip })))
  const unsigned = encodeEnvelope({ ...decodeEnvelope(bytes), codec: 'none', rawSize: payload.length, payload })
  const signed = Buffer.concat([signedPart(unsigned), sign(signedPart(unsigned), keys.privateKey)])
  return { topic: logTopic(id, 'trips'), payload: signed }
}
