import avro, { type Schema } from 'avsc'
import { fingerprint } from './fingerprint.ts'
import { valueEnd } from './guard.ts'

/** Reads and writes one Avro schema's values, within the bounds of the bytes given. */
export interface SchemaCodec {
  /** CRC-64-AVRO of the schema, 8 little-endian bytes. */
  readonly fingerprint: Buffer
  /** @throws {Error} for a value that is not of the schema, naming its path. */
  encode(value: unknown): Buffer
  /** Decodes the value at `start` and says where it ends. @throws {RangeError} for bytes that are no such value. */
  decode(bytes: Uint8Array, start: number): { value: unknown; end: number }
}

/** Compiles a schema. The one place where avsc is used. */
export function schemaCodec(schema: Schema): SchemaCodec {
  const type = avro.Type.forSchema(schema, { wrapUnions: 'auto', omitRecordMethods: true })
  return {
    fingerprint: fingerprint(JSON.stringify(type.schema())),
    encode(value) {
      type.isValid(value, {
        errorHook: (path, wrong, wanted) => {
          throw new TypeError(`Encoding ${type.name}: ${path.join('.')} is ${String(wrong)}, not ${wanted.toString()}`)
        },
      })
      return type.toBuffer(value)
    },
    decode(bytes, start) {
      const end = valueEnd(type, bytes, start)
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      return { value: type.decode(buffer, start).value, end }
    },
  }
}
