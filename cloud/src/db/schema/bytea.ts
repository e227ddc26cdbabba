import { customType } from 'drizzle-orm/pg-core'

/** Bytes; the drivers read them as `Uint8Array` or `Buffer`, we always see a `Buffer`. */
export const bytea = customType<{ data: Buffer; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  fromDriver: (value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength),
})
