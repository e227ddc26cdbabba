import { zstdCompressSync } from 'node:zlib'
import { sealBatch } from '@fairmile/contract/batch.ts'
import { genesisHash, type KeyPair, sign } from '@fairmile/contract/chain.ts'
import { decodeEnvelope, type Envelope, encodeEnvelope, signedPart } from '@fairmile/contract/envelope.ts'
import { payloadFor } from '@fairmile/contract/payload.ts'
import type { RawChunk } from '@fairmile/contract/raw-chunk.ts'
import { wireVersion } from '@fairmile/contract/wire.ts'
import { createLots } from '../../../scripts/chaos/lots.ts'
import { drivenSeconds } from './driven.ts'

/** What a bomb unfolds to, bytes. */
const unfolded = 64 * 1024 * 1024
/** Records of the batch that has too many; ten times what is allowed. */
const tooMany = 10_000

/** Readings of a chunk that stands still: two such chunks are a batch of a few hundred bytes that the cloud has to take. */
const stillReadings = 8_192

/** Batches that a device with a valid key signs to hurt the cloud; each is another one by its `firstSeq`. */
export function hostileBatches({ device, keys }: { device: string; keys: KeyPair }) {
  const options = { fromMs: Date.now() - 3600_000, lots: createLots(1) }
  const records = drivenSeconds(1, 3, options)
  const good = sealBatch({
    ...{ device, boot: 1, lane: 'telematics', firstSeq: 1, records },
    ...{ previousHash: genesisHash, privateKey: keys.privateKey },
  })
  const forge = (changes: Partial<Envelope>): Buffer => {
    const unsigned = signedPart(encodeEnvelope({ ...decodeEnvelope(good.bytes), ...changes }))
    return Buffer.concat([unsigned, sign(unsigned, keys.privateKey)])
  }
  const bomb = zstdCompressSync(Buffer.alloc(unfolded))
  const [still] = records
  if (!still) throw new Error('there is no record to repeat')
  const many = Array.from({ length: tooMany }, (_, i) => ({ ...still, seq: 1 + i, at: still.at + i }))
  const codec = payloadFor('telematics', many, wireVersion)
  const raw = codec.encode(1, many)
  const crowded = { codec: 'zstd', rawSize: raw.length, payload: zstdCompressSync(raw), count: tooMany } as const
  const zeros = Array.from({ length: stillReadings }, () => 0)
  const chunk: RawChunk = {
    at: options.fromMs,
    imu: { offsetMs: zeros.map((_, n) => n), ax: zeros, ay: zeros, az: zeros, gx: zeros, gy: zeros, gz: zeros },
    fixes: { offsetMs: [], lat: [], lon: [], altM: [], speedMps: [], courseDeg: [], hdop: [] },
  }
  return {
    /** Nothing is wrong with it, and it unfolds to hundreds of times its size. */
    goodBomb: (firstSeq: number) =>
      sealBatch({
        ...{ device, boot: 1, lane: 'raw', firstSeq, records: [chunk, chunk] },
        ...{ previousHash: genesisHash, privateKey: keys.privateKey },
      }).bytes,
    /** The bomb alone, as a decompressor gets it. */
    bomb,
    declaredBomb: (firstSeq: number) => forge({ firstSeq, codec: 'zstd', rawSize: unfolded, payload: bomb }),
    hiddenBomb: (firstSeq: number) => forge({ firstSeq, codec: 'zstd', rawSize: 1_000, payload: bomb }),
    tenThousand: (firstSeq: number) => forge({ firstSeq, payloadSchema: codec.fingerprint, ...crowded }),
  }
}
