import type { I2cBus } from './i2c.ts'

/** An MPU-6050 on a bus, as far as the driver sees it: registers, a FIFO and its overflow bit. */
export const createFakeMpu6050 = (id = 0x68) => {
  const registers = new Uint8Array(128)
  registers[0x75] = id
  let fifo: number[] = []
  const bus: I2cBus = {
    async readByte(_address, register) {
      const value = registers[register] as number
      if (register === 0x3a) registers[0x3a] = 0
      return value
    },
    async writeByte(_address, register, value) {
      registers[register] = value
      if (register === 0x6a && (value & 0x04) !== 0) fifo = []
    },
    async readFrom(_address, register, length, into) {
      if (register === 0x72) into.writeUInt16BE(Math.min(1024, fifo.length))
      else Buffer.from(fifo.splice(0, length)).copy(into)
    },
    close: async () => {},
  }
  return {
    bus,
    registers,
    /** Puts a sample of six steps into the FIFO; beyond 1,024 bytes it overflows. */
    feel(steps: readonly number[]): void {
      const bytes = Buffer.alloc(12)
      steps.forEach((step, i) => void bytes.writeInt16BE(step, i * 2))
      fifo.push(...bytes)
      if (fifo.length > 1024) registers[0x3a] = 0x10
    },
  }
}
