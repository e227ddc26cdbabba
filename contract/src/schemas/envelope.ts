/**
 * The envelope of a batch of the device log, sent behind the 10-byte header of Avro's single-object encoding.
 *
 * `signature` is last, so that what is signed is every byte before it.
 */
export const envelopeSchema = {
  type: 'record' as const,
  name: 'fairmile.v1.Batch',
  fields: [
    { name: 'device', type: 'string' },
    { name: 'boot', type: 'long' },
    { name: 'lane', type: { type: 'enum' as const, name: 'Lane', symbols: ['urgent', 'trips', 'telematics', 'raw'] } },
    { name: 'firstSeq', type: 'long' },
    { name: 'count', type: 'int' },
    { name: 'previousHash', type: { type: 'fixed' as const, name: 'Hash', size: 32 } },
    { name: 'payloadSchema', type: { type: 'fixed' as const, name: 'Fingerprint', size: 8 } },
    { name: 'codec', type: { type: 'enum' as const, name: 'Codec', symbols: ['none', 'zstd'] } },
    { name: 'rawSize', type: 'int' },
    { name: 'payload', type: 'bytes' },
    { name: 'signature', type: { type: 'fixed' as const, name: 'Signature', size: 64 } },
  ],
}
