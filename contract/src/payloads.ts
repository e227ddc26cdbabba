import type { Schema } from 'avsc'
import type { SchemaReader } from './avro/schema-codec.ts'
import type { LaneRecords } from './codec.ts'
import { gapOf, gapReading } from './gap-payload.ts'
import { type PayloadReader, payloadOf, payloadReading } from './payload.ts'
import type { Lane } from './topics.ts'

/** Who reads the payload of a batch, by the fingerprint of the schema that wrote it. */
export interface Payloads {
  of<L extends Lane>(lane: L, fingerprint: Uint8Array): PayloadReader<LaneRecords[L]> | undefined
  gap(fingerprint: Uint8Array): SchemaReader | undefined
}

/** The schemas that this version was built with. */
export const knownPayloads: Payloads = { of: payloadOf, gap: gapOf }

/**
 * Those and, beside them, schemas of other versions, whose fields it reads as far as it knows them (Avro's schema resolution).
 *
 * @param writers by the hex of their fingerprint; a schema that no lane can read is as good as unknown
 */
export function payloadsWith(writers: ReadonlyMap<string, Schema>): Payloads {
  const found = new Map<string, unknown>()
  const once = <T>(kind: string, fingerprint: Uint8Array, make: (writer: Schema) => T | undefined): T | undefined => {
    const hex = Buffer.from(fingerprint).toString('hex')
    const writer = writers.get(hex)
    if (writer === undefined) return undefined
    const key = `${kind}/${hex}`
    if (!found.has(key)) found.set(key, make(writer))
    return found.get(key) as T | undefined
  }
  return {
    of: (lane, fingerprint) =>
      payloadOf(lane, fingerprint) ?? once(lane, fingerprint, (writer) => payloadReading(lane, writer)),
    gap: (fingerprint) => gapOf(fingerprint) ?? once('gap', fingerprint, gapReading),
  }
}
