import type { Schema } from 'avsc'
import { canonicalForm, compile } from './compile.ts'
import { fingerprint } from './fingerprint.ts'
import { valueEnd } from './guard.ts'

/** Reads values that were written by one Avro schema, within the bounds of the bytes given. */
export interface SchemaReader {
  /** CRC-64-AVRO of the schema that they were written by, 8 little-endian bytes. */
  readonly fingerprint: Buffer
  /** Decodes the value at `start` and says where it ends. @throws {RangeError} for bytes that are no such value. */
  decode(bytes: Uint8Array, start: number): { value: unknown; end: number }
}

/** Reads and writes one Avro schema's values. */
export interface SchemaCodec extends SchemaReader {
  /** @throws {Error} for a value that is not of the schema, naming its path. */
  encode(value: unknown): Buffer
  /**
   * Reads what another schema wrote, as values of this one (Avro 1.12 specification, "Schema Resolution").
   * @throws {Error} where it cannot be read so
   */
  reading(writer: Schema): SchemaReader
}

/** Makes the codec of a schema. */
export function schemaCodec(schema: Schema): SchemaCodec {
  const type = compile(schema)
  return {
    fingerprint: fingerprint(canonicalForm(type)),
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
      return { value: type.decode(bufferOf(bytes), start).value, end }
    },
    reading(writer) {
      const written = compile(writer)
      const resolver = type.createResolver(written)
      return {
        fingerprint: fingerprint(canonicalForm(written)),
        decode(bytes, start) {
          const end = valueEnd(written, bytes, start)
          return { value: type.decode(bufferOf(bytes), start, resolver).value, end }
        },
      }
    },
  }
}

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
