/** The few calls that an IMU needs of an I²C bus; addresses are 7 bits. */
export interface I2cBus {
  readByte(address: number, register: number): Promise<number>
  writeByte(address: number, register: number, value: number): Promise<void>
  /** Sets the register pointer, then reads `length` bytes from there on in one transaction. */
  readFrom(address: number, register: number, length: number, into: Buffer): Promise<void>
  close(): Promise<void>
}

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
  const pointer = Buffer.alloc(1)
  return {
    readByte: (address, register) => opened.readByte(address, register),
    writeByte: (address, register, value) => opened.writeByte(address, register, value),
    async readFrom(address, register, length, into) {
      pointer[0] = register
      await opened.i2cWrite(address, 1, pointer)
      // i2cRead is a plain read(2), so a burst may fill the FIFO's 1,024 bytes; SMBus blocks stop at 32.
      const { bytesRead } = await opened.i2cRead(address, length, into)
      if (bytesRead !== length) throw new Error(`reading ${length} bytes from I²C address ${address} gave ${bytesRead}`)
    },
    close: () => opened.close(),
  }
}
