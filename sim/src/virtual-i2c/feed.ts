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
const magic = 'FAMII2C1'
const headerBytes = 32
const presentAt = 20
const writtenAt = 24
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

/** Makes the feed file of one chip; a reader maps it and follows `written`. */
export function createFeed(path: string, options: { bus: number; address: number; rateHz: number }): Feed {
  const file = openSync(path, 'w')
  const whole = Buffer.alloc(headerBytes + slots * sampleBytes)
  whole.write(magic, 'latin1')
  whole.writeUInt32LE(options.bus, 8)
  whole.writeUInt32LE(options.address, 12)
  whole.writeUInt32LE(options.rateHz, 16)
  whole.writeUInt32LE(1, presentAt)
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
