import type { Chip, ChipFamily } from './chip.ts'
import type { Registers } from './registers.ts'
import { startSt, stRegisters, stSamples } from './st-chip.ts'
import { runStSelfTest } from './st-self-test.ts'
import { createTaggedFifo, entryBytes } from './tagged-fifo.ts'

/** Registers of ST's LSM6DSO (DS12140 revision 2, chapter 9). */
const registers = {
  /** Rates of what goes into the FIFO: gyroscope in bits 7 to 4, accelerometer in bits 3 to 0. */
  fifoCtrl3: 0x09,
  /** Mode in bits 2 to 0. */
  fifoCtrl4: 0x0a,
  ctrl9Xl: 0x18,
  /** FIFO_DATA_OUT_TAG and the six bytes after it; a burst goes on reading the FIFO (6.5.7). */
  fifoData: 0x78,
} as const

const bits = {
  /** FIFO_CTRL3: both at 104 Hz. */
  both104Hz: 0x44,
  /** FIFO_CTRL4: off and emptied; continuous, in which the newest samples stay. */
  bypass: 0x00,
  continuous: 0x06,
  /** CTRL9_XL: its default, with I3C off. */
  noI3c: 0xe2,
  /** FIFO_STATUS2: FIFO_OVR_IA and FIFO_OVR_LATCHED. */
  overrun: 0x48,
} as const

/** 3.5 kB: 512 entries of a tag and three words. */
const maxEntries = 512

async function openLsm6dso(at: Registers, name: string): Promise<Chip> {
  const { write, block, fifo } = at
  const bytes = Buffer.alloc(maxEntries * entryBytes)
  const words = new Int16Array((maxEntries / 2) * 6)
  const tagged = createTaggedFifo(words)
  let waiting = 0

  const restart = async (): Promise<void> => {
    await write(registers.fifoCtrl4, bits.bypass)
    await write(registers.fifoCtrl4, bits.continuous)
    tagged.clear()
  }

  const configure = async (): Promise<void> => {
    await startSt(at, [
      [registers.ctrl9Xl, bits.noI3c],
      [registers.fifoCtrl3, bits.both104Hz],
    ])
    await restart()
  }
  await configure()

  return {
    name,
    ...stSamples,
    words,
    restart,
    async look() {
      await block(stRegisters.fifoStatus, 2, bytes)
      waiting = Math.min(maxEntries, bytes.readUInt16LE(0) & 0x03ff)
      return (bytes[1]! & bits.overrun) !== 0
    },
    async take() {
      await fifo(registers.fifoData, waiting * entryBytes, entryBytes, bytes)
      return tagged.take(bytes, waiting)
    },
    async temperatureC() {
      await block(stRegisters.temperature, 2, bytes)
      return bytes.readInt16LE(0) / 256 + 25
    },
    async selfTest() {
      const verdict = await runStSelfTest(at, 0.05)
      await configure()
      return verdict
    },
  }
}

/** ST's LSM6DSO and LSM6DSOX, whose FIFO tags each entry. */
export const lsm6dsoFamily: ChipFamily = {
  idRegister: stRegisters.whoAmI,
  names: { 108: 'LSM6DSO' },
  addresses: [0x6a, 0x6b],
  open: openLsm6dso,
}
