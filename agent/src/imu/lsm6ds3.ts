import type { Chip, ChipFamily } from './chip.ts'
import type { Registers } from './registers.ts'
import { startSt, stRegisters, stSamples } from './st-chip.ts'
import { runStSelfTest } from './st-self-test.ts'

/** Registers of ST's LSM6DS3 (DocID026899 revision 8, chapter 9), and LSM6DS3TR-C, which has those of the LSM6DSL (DocID028475 revision 7). */
const registers = {
  /** How every how many samples go into the FIFO: gyroscope in bits 5 to 3, accelerometer in bits 2 to 0. */
  fifoCtrl3: 0x08,
  /** Rate in bits 6 to 3, mode in bits 2 to 0. */
  fifoCtrl5: 0x0a,
  /** A word; a burst goes on reading the FIFO (5.5.6). */
  fifoData: 0x3e,
} as const

const bits = {
  /** FIFO_CTRL3: every sample of both. */
  everySample: 0x09,
  /** FIFO_CTRL5: off and emptied; 104 Hz and continuous, in which the newest samples stay. */
  bypass: 0x00,
  continuous104Hz: 0x26,
  /** FIFO_STATUS2: OVER_RUN. */
  overrun: 0x40,
} as const

const sampleBytes = 12
/** What differs: bits of the number of words waiting, °C of the temperature, words of the FIFO. */
const generations = {
  LSM6DS3: { levelMask: 0x0fff, stepsPerC: 16, fifoWords: 4096 },
  'LSM6DS3TR-C': { levelMask: 0x07ff, stepsPerC: 256, fifoWords: 2048 },
} as const

async function openLsm6ds3(at: Registers, name: string): Promise<Chip> {
  const { write, block, fifo } = at
  const { levelMask, stepsPerC, fifoWords } = generations[name as keyof typeof generations]
  const maxSamples = Math.floor(fifoWords / 6)
  const bytes = Buffer.alloc(maxSamples * sampleBytes)
  const words = new Int16Array(maxSamples * 6)
  let waiting = 0
  let fresh = true

  const restart = async (): Promise<void> => {
    await write(registers.fifoCtrl5, bits.bypass)
    await write(registers.fifoCtrl5, bits.continuous104Hz)
    fresh = true
  }

  const configure = async (): Promise<void> => {
    await startSt(at, [[registers.fifoCtrl3, bits.everySample]])
    await restart()
  }
  await configure()

  return {
    name,
    ...stSamples,
    words,
    restart,
    async look() {
      await block(stRegisters.fifoStatus, 4, bytes)
      waiting = Math.min(maxSamples, Math.floor((bytes.readUInt16LE(0) & levelMask) / 6))
      // FIFO_PATTERN says which word of a sample comes next: any but the first would mix up the axes.
      const pattern = bytes.readUInt16LE(2) & 0x03ff
      return (bytes[1]! & bits.overrun) !== 0 || (waiting > 0 && pattern !== 0)
    },
    async take() {
      if (waiting === 0) return 0
      await fifo(registers.fifoData, waiting * sampleBytes, sampleBytes, bytes)
      // The first sample after the mode has changed is to be thrown away (5.5).
      const first = fresh ? 1 : 0
      fresh = false
      for (let i = first; i < waiting; i++) {
        for (let axis = 0; axis < 3; axis++) {
          words[(i - first) * 6 + axis] = bytes.readInt16LE(i * sampleBytes + 6 + axis * 2)
          words[(i - first) * 6 + 3 + axis] = bytes.readInt16LE(i * sampleBytes + axis * 2)
        }
      }
      return waiting - first
    },
    async temperatureC() {
      await block(stRegisters.temperature, 2, bytes)
      return bytes.readInt16LE(0) / stepsPerC + 25
    },
    async selfTest() {
      const verdict = await runStSelfTest(at, 0.09)
      await configure()
      return verdict
    },
  }
}

/** ST's LSM6DS3 and LSM6DS3TR-C, whose FIFO holds words without tags. */
export const lsm6ds3Family: ChipFamily = {
  idRegister: stRegisters.whoAmI,
  names: { 105: 'LSM6DS3', 106: 'LSM6DS3TR-C' },
  addresses: [0x6a, 0x6b],
  open: openLsm6ds3,
}
