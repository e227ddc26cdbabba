import { closeSync, openSync, writeSync } from 'node:fs'

/** One reading of the world in the chip's axes: specific force in m/s², rates in rad/s. */
export interface ChipSample {
  ax: number
  ay: number
  az: number
  gx: number
  gy: number
  gz: number
}

/** Layout of `feed.h`: a header, then a ring of samples of six floats. */
const magic = 'FAMII2C2'
const headerBytes = 56
const presentAt = 20
const writtenAt = 24
const modelAt = 32
const brokenAt = 48
const idAt = 52
const ownId = 0xffff_ffff
const sampleBytes = 24
/** Kept equal in feed.h. */
const slots = 4096

/** The file through which samples reach the preloaded library. */
export interface Feed {
  push(sample: ChipSample): void
  /** False: nobody answers on the bus. */
  setPresent(present: boolean): void
  close(): void
}

/** The chip that a feed is for. */
export interface FeedOptions {
  bus: number
  address: number
  rateHz: number
  /** As in `chip.c`. */
  model: string
  /** Axes (accelerometer 0 to 2, gyroscope 3 to 5) that do not answer a self-test. */
  broken: readonly number[]
  /** What the chip says that it is; null for the truth. */
  whoAmI: number | null
}

/** Makes the feed file of one chip; a reader maps it and follows `written`. */
export function createFeed(path: string, options: FeedOptions): Feed {
  const file = openSync(path, 'w')
  const whole = Buffer.alloc(headerBytes + slots * sampleBytes)
  whole.write(magic, 'latin1')
  whole.writeUInt32LE(options.bus, 8)
  whole.writeUInt32LE(options.address, 12)
  whole.writeUInt32LE(options.rateHz, 16)
  whole.writeUInt32LE(1, presentAt)
  whole.write(options.model, modelAt, 'latin1')
  whole.writeUInt32LE(
    options.broken.reduce((mask, axis) => mask | (1 << axis), 0),
    brokenAt,
  )
  whole.writeUInt32LE(options.whoAmI ?? ownId, idAt)
  writeSync(file, whole, 0, whole.length, 0)

  const sampleBuffer = Buffer.alloc(sampleBytes)
  const number = Buffer.alloc(8)
  let written = 0
  return {
    push({ ax, ay, az, gx, gy, gz }) {
      const axes = [ax, ay, az, gx, gy, gz]
      axes.forEach((value, i) => {
        sampleBuffer.writeFloatLE(value, i * 4)
      })
      writeSync(file, sampleBuffer, 0, sampleBytes, headerBytes + (written % slots) * sampleBytes)
      number.writeBigUInt64LE(BigInt(++written))
      writeSync(file, number, 0, 8, writtenAt)
    },
    setPresent(present) {
      number.writeUInt32LE(present ? 1 : 0)
      writeSync(file, number, 0, 4, presentAt)
    },
    close: () => closeSync(file),
  }
}
