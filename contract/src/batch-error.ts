/** Why a batch cannot be taken; stored with a dead letter and told to the device. */
export type BatchErrorCode =
  /** Larger than the envelope or its payload may be. */
  | 'too_large'
  /** No Avro single-object header. */
  | 'not_single_object'
  /** A fingerprint of no schema that this version knows. */
  | 'unknown_schema'
  /** Cut, with bytes left over, or not what its schema says. */
  | 'malformed'
  /** Not signed by the device's key. */
  | 'bad_signature'
  /** No records, too many, or another number than stated. */
  | 'bad_count'
  /** The payload does not decompress or decode. */
  | 'bad_payload'
  /** A decoded value is outside what the quantity can be. */
  | 'out_of_range'

/** A batch or record that cannot be sealed or taken; the same bytes will never do. */
export class BatchError extends Error {
  override readonly name = 'BatchError'
  readonly code: BatchErrorCode

  constructor(code: BatchErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
