/** The few calls that an IMU needs of an I²C bus; addresses are 7 bits. */
export interface I2cBus {
  readByte(address: number, register: number): Promise<number>
  writeByte(address: number, register: number, value: number): Promise<void>
  /** Reads `length` bytes, 32 at most, from a register on, in one transaction with a repeated start. */
  readBlock(address: number, register: number, length: number, into: Buffer): Promise<void>
  close(): Promise<void>
}

/** Longest block of SMBus, and of i2c-dev for one call with a repeated start, which each of the data sheets asks for. */
export const maxBlock = 32

/** Opens a bus by its number. */
export type OpenI2c = (bus: number) => Promise<I2cBus>

/**
 * Opens `/dev/i2c-N` by i2c-bus.
 *
 * @throws TypeError where that optional dependency is not built on this machine: trying again cannot mend it.
 */
export const openI2c: OpenI2c = async (bus) => {
  let library: typeof import('i2c-bus')
  try {
    library = (await import('i2c-bus')).default as unknown as typeof import('i2c-bus')
  } catch (cause) {
    throw new TypeError(
      `Opening I²C bus ${bus}: the optional dependency i2c-bus is not built for this Node; run "npm run i2c:build" in the repository`,
      { cause },
    )
  }
  const opened = await library.openPromisified(bus)
  return {
    readByte: (address, register) => opened.readByte(address, register),
    writeByte: (address, register, value) => opened.writeByte(address, register, value),
    async readBlock(address, register, length, into) {
      const { bytesRead } = await opened.readI2cBlock(address, register, length, into)
      if (bytesRead !== length) throw new Error(`reading ${length} bytes from I²C address ${address} gave ${bytesRead}`)
    },
    close: () => opened.close(),
  }
}
