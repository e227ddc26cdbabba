import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import { keepOpen } from '../keep-open.ts'
import type { SensorSink, Source } from '../sensors.ts'
import type { Chip } from './chip.ts'
import { findChip } from './find-chip.ts'
import { type I2cBus, type OpenI2c, openI2c } from './i2c.ts'
import { createSampleClock } from './sample-clock.ts'

/** Twenty bursts a second: the smallest FIFO's 42 samples last 400 ms, so seven may be missed, and a manoeuvre waits 50 ms at most. */
const pollMs = 50
/** Bursts in a row that brought nothing, two seconds, after which the chip is taken for stuck or reset, and set up anew. */
const maxEmpty = 40
/** The temperature changes slowly, and asking costs a transaction. */
const temperatureEveryMs = 5000
/** A chip whose rate is off by more, once it is known for so long, was not set up as it should be. */
const largestRateError = 0.1
const rateKnownS = 10

export interface ImuOptions {
  bus: number
  /** 7 bits; null: wherever a chip is found. */
  address: number | null
  clock: Clock
  /** @default a real bus */
  open?: OpenI2c
}

/** What the IMU has brought so far. */
export interface ImuCounts {
  /** What was found, and where; null before. */
  chip: string | null
  samples: number
  /** Samples with an axis at the end of its range. */
  saturated: number
  /** Times that its FIFO ran over. */
  overflows: number
  /** Readings that failed, as long lines beside an ignition do; the FIFO is emptied then, as nobody knows where it stands. */
  failedReads: number
  /** Samples that were lost by either. */
  lostSamples: number
  /** Samples a second by the computer's clock. */
  sampleHz: number | null
  temperatureC: number | null
}

const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  try {
    await sleep(ms, undefined, { signal })
  } catch {
    // Aborted: the loop looks at the signal.
  }
}

/** Hands on what `take` read, each sample at its time. */
const deliver = (chip: Chip, count: number, next: () => number, sink: SensorSink, counts: ImuCounts): void => {
  const { words, scale, limits } = chip
  for (let at = 0; at < count * 6; at += 6) {
    const ax = words[at]!
    const ay = words[at + 1]!
    const az = words[at + 2]!
    const gx = words[at + 3]!
    const gy = words[at + 4]!
    const gz = words[at + 5]!
    const saturated =
      Math.max(Math.abs(ax), Math.abs(ay), Math.abs(az)) >= limits.accel ||
      Math.max(Math.abs(gx), Math.abs(gy), Math.abs(gz)) >= limits.gyro
    if (saturated) counts.saturated++
    sink.imu({
      tMs: next(),
      ax: ax * scale.mps2,
      ay: ay * scale.mps2,
      az: az * scale.mps2,
      gx: gx * scale.rps,
      gy: gy * scale.rps,
      gz: gz * scale.rps,
      saturated,
    })
  }
  counts.samples += count
}

/** Reads a chip until the signal aborts or it can't be believed; answers why. */
const poll = async (chip: Chip, clock: Clock, sink: SensorSink, counts: ImuCounts, signal: AbortSignal) => {
  const sampleClock = createSampleClock({ nominalHz: chip.sampleHz, rate: clock.rate })
  let empty = 0
  let temperatureMs = Number.NEGATIVE_INFINITY
  while (!signal.aborted) {
    await pause(pollMs, signal)
    const beforeMs = clock.monotonicMs()
    let afterMs = beforeMs
    let count: number | null = null
    try {
      const ranOver = await chip.look()
      afterMs = clock.monotonicMs()
      const taken = ranOver ? 0 : await chip.take()
      // While a starved process read, the FIFO may have run over too: then the axes are mixed up.
      if (ranOver || (taken > 0 && (await chip.look()))) counts.overflows++
      else count = taken
      if (count !== null && afterMs - temperatureMs >= temperatureEveryMs * clock.rate) {
        temperatureMs = afterMs
        counts.temperatureC = Math.round((await chip.temperatureC()) * 10) / 10
      }
    } catch {
      counts.failedReads++
    }
    empty = count ? 0 : empty + 1
    if (empty >= maxEmpty) return 'it gives no samples'
    if (count === null) {
      // Where the bus is gone this fails too, and everything is opened anew.
      await chip.restart()
      sampleClock.gap()
      continue
    }
    counts.lostSamples += sampleClock.observe(count, beforeMs, afterMs)
    deliver(chip, count, sampleClock.next, sink, counts)
    counts.sampleHz = Math.round(sampleClock.hz * 100) / 100
    if (sampleClock.knownS >= rateKnownS && Math.abs(sampleClock.hz / chip.sampleHz - 1) > largestRateError)
      return `it gives ${counts.sampleHz} samples a second instead of ${chip.sampleHz.toFixed(0)}`
  }
  return 'stopped'
}

/** An IMU on an I²C bus as a source, found and set up again whenever the bus fails. */
export const createImuSource = (options: ImuOptions): Source & { readonly counts: ImuCounts } => {
  const { bus, address, clock, open = openI2c } = options
  const counts: ImuCounts = {
    chip: null,
    samples: 0,
    saturated: 0,
    overflows: 0,
    failedReads: 0,
    lostSamples: 0,
    sampleHz: null,
    temperatureC: null,
  }
  const what = `IMU on I²C bus ${bus}`
  const use = async (opened: I2cBus, sink: SensorSink, signal: AbortSignal): Promise<string> => {
    const found = await findChip(opened, bus, address)
    counts.chip = `${found.chip.name} at 0x${found.address.toString(16)}`
    sink.trouble('imu', null)
    return poll(found.chip, clock, sink, counts, signal)
  }
  return {
    name: what,
    counts,
    run: (sink, signal) =>
      keepOpen({
        what,
        open: () => open(bus),
        use: (opened) => use(opened, sink, signal),
        trouble: (message) => sink.trouble('imu', message),
        signal,
      }),
  }
}
