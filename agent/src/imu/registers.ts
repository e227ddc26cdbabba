import { type I2cBus, maxBlock } from './i2c.ts'

/** The registers of the chip at one address. */
export interface Registers {
  read(register: number): Promise<number>
  write(register: number, value: number): Promise<void>
  /** Reads registers from `first` on. */
  block(first: number, length: number, into: Buffer): Promise<void>
  /** Reads from a FIFO's port into the start of `into`, in transactions of whole entries. */
  fifo(port: number, length: number, entryBytes: number, into: Buffer): Promise<void>
}

/** The registers at `address`. */
export const createRegisters = (bus: I2cBus, address: number): Registers => ({
  read: (register) => bus.readByte(address, register),
  write: (register, value) => bus.writeByte(address, register, value),
  block: (first, length, into) => bus.readBlock(address, first, length, into),
  async fifo(port, length, entryBytes, into) {
    const step = maxBlock - (maxBlock % entryBytes)
    for (let at = 0; at < length; at += step) {
      const bytes = Math.min(step, length - at)
      await bus.readBlock(address, port, bytes, into.subarray(at, at + bytes))
    }
  },
})
