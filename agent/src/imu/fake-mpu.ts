import type { I2cBus } from './i2c.ts'

/** An MPU-6050 on a bus, as far as the driver sees it: registers, a FIFO and its overflow bit. Every other address is empty. */
export const createFakeMpu = () => {
  const registers = new Uint8Array(128)
  registers[0x75] = 0x68
  let fifo: number[] = []
  let gone = false
  let glitch = false
  let meanwhile: (() => void) | null = null
  const at = (address: number): void => {
    if (gone || address !== 0x68) throw Object.assign(new Error(', Remote I/O error'), { errno: 121 })
  }
  const bus: I2cBus = {
    async readByte(address, register) {
      at(address)
      const value = registers[register]!
      if (register === 0x3a) registers[0x3a] = 0
      return value
    },
    async writeByte(address, register, value) {
      at(address)
      registers[register] = value
      if (register === 0x6a && (value & 0x04) !== 0) fifo = []
    },
    async readBlock(address, register, length, into) {
      at(address)
      if (register === 0x74 && glitch) {
        glitch = false
        throw Object.assign(new Error(', Remote I/O error'), { errno: 121 })
      }
      if (register === 0x74) {
        meanwhile?.()
        meanwhile = null
      }
      if (register === 0x72) into.writeUInt16BE(fifo.length)
      else if (register === 0x74) Buffer.from(fifo.splice(0, length)).copy(into)
      else Buffer.from(registers.subarray(register, register + length)).copy(into)
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
      if (fifo.length <= 1024) return
      fifo.splice(0, fifo.length - 1024)
      registers[0x3a]! |= 0x10
    },
    /** The next reading of the FIFO fails. */
    disturb(): void {
      glitch = true
    },
    /** What happens right before the next reading of the FIFO. */
    beforeReading(happens: () => void): void {
      meanwhile = happens
    },
    unplug(): void {
      gone = true
    },
  }
}
