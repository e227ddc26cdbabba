import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import { keepOpen } from '../keep-open.ts'
import { createRemoteClock } from '../remote-clock.ts'
import type { SensorSink, Source } from '../sensors.ts'
import { type I2cBus, type OpenI2c, openI2c } from './i2c.ts'
import { openMpu6050, sampleHz } from './mpu6050.ts'

/** Ten bursts a second: the FIFO's 85 samples last 850 ms, so eight may be missed. */
const pollMs = 100
/** The chip's oscillator is good to 1 % (PS-MPU-6000A-00, 6.8). */
const driftMsPerS = 15
/** Empty bursts in a row after which the chip is taken for stuck, and set up anew. */
const maxEmpty = 20

export interface ImuOptions {
  bus: number
  /** 7 bits: 0x68, or 0x69 with AD0 high. */
  address: number
  clock: Clock
  /** @default a real bus */
  open?: OpenI2c
}

/** What the IMU has brought so far. */
export interface ImuCounts {
  samples: number
  /** Times that its FIFO ran over, each losing up to a second. */
  overflows: number
}

const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  try {
    await sleep(ms, undefined, { signal })
  } catch {
    // Aborted: the loop looks at the signal.
  }
}

const poll = async (bus: I2cBus, options: ImuOptions, sink: SensorSink, counts: ImuCounts, signal: AbortSignal) => {
  const { address, clock } = options
  const chip = await openMpu6050(bus, address)
  sink.trouble('imu', null)
  let sampleClock = createRemoteClock({ driftMsPerS })
  let index = 0
  let empty = 0
  while (!signal.aborted) {
    await pause(pollMs / clock.rate, signal)
    const { values, count, overflowed } = await chip.read()
    if (overflowed) {
      counts.overflows++
      sampleClock = createRemoteClock({ driftMsPerS })
      index = 0
      continue
    }
    empty = count === 0 ? empty + 1 : 0
    if (empty >= maxEmpty) return 'its FIFO stays empty'
    if (count === 0) continue
    // The sample clock, not the time of reading, says when a sample was taken.
    sampleClock.observe(((index + count - 1) * 1000) / sampleHz, clock.monotonicMs())
    for (let i = 0; i < count; i++) {
      const at = i * 6
      sink.imu({
        tMs: sampleClock.toAgent(((index + i) * 1000) / sampleHz),
        ax: values[at] as number,
        ay: values[at + 1] as number,
        az: values[at + 2] as number,
        gx: values[at + 3] as number,
        gy: values[at + 4] as number,
        gz: values[at + 5] as number,
      })
    }
    index += count
    counts.samples += count
  }
  return 'stopped'
}

/** An MPU-6050 on an I²C bus as a source, set up again whenever the bus fails. */
export const createImuSource = (options: ImuOptions): Source & { readonly counts: ImuCounts } => {
  const { bus, open = openI2c } = options
  const counts: ImuCounts = { samples: 0, overflows: 0 }
  const what = `MPU-6050 on I²C bus ${bus}`
  return {
    name: what,
    counts,
    run: (sink, signal) =>
      keepOpen({
        what,
        open: () => open(bus),
        use: (opened) => poll(opened, options, sink, counts, signal),
        trouble: (message) => sink.trouble('imu', message),
        signal,
      }),
  }
}
