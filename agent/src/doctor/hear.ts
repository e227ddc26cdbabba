import type { BoardState, Fix, ImuSample, SensorSink } from '../sensors.ts'

/** Runs sensors into a sink until the signal aborts: sources of one's own, or those of the running agent. */
export type Feed = (sink: SensorSink, signal: AbortSignal) => Promise<void>

/** A receiver tells once a second whatever it sees; ten readings of an IMU make no noise figure, four hundred do. Milliseconds. */
const listenMs = 6000
/** Where a receiver's baud rate is to be found first, every usual one takes 3 s. */
const huntMs = 26_000

/** Sums of one axis, from which mean and standard deviation follow (Welford, Technometrics 4, 1962). */
interface Axis {
  mean: number
  squares: number
  least: number
  most: number
}

/** What sensors told in a few seconds. */
export interface Heard {
  fixes: number
  newest: Fix | null
  /** What the computer's clock lags behind GNSS time, milliseconds; null without a time from GNSS. */
  clockLagMs: number | null
  board: BoardState | null
  samples: number
  /** Readings that were at the end of their range. */
  saturated: number
  /** IMU readings a second. */
  imuHz: number
  /** ax, ay, az in m/s²; gx, gy, gz in rad/s. */
  axes: readonly Readonly<Axis>[]
  /** What sources said of their troubles last, by source. */
  troubles: ReadonlyMap<string, string>
}

/** Standard deviation of one axis. */
export const sigmaOf = ({ squares }: Readonly<Axis>, samples: number): number =>
  samples > 1 ? Math.sqrt(squares / (samples - 1)) : Number.NaN

export interface HearOptions {
  /** UTC epoch milliseconds. */
  wallMs: () => number
  monotonicMs: () => number
  /** A receiver's baud rate is not known yet: listens on until it is found. */
  huntsBaud?: boolean
}

/** Listens to sensors for six seconds, or until a receiver whose baud rate is to be found has spoken. */
export async function hear(feed: Feed, { wallMs, monotonicMs, huntsBaud = false }: HearOptions): Promise<Heard> {
  const axes: Axis[] = Array.from({ length: 6 }, () => ({
    mean: 0,
    squares: 0,
    least: Number.POSITIVE_INFINITY,
    most: Number.NEGATIVE_INFINITY,
  }))
  const troubles = new Map<string, string>()
  const heard = { fixes: 0, samples: 0, saturated: 0 }
  let newest: Fix | null = null
  let clockLagMs: number | null = null
  let board: BoardState | null = null
  let firstMs = Number.NaN
  let lastMs = Number.NaN
  const add = (index: number, value: number): void => {
    const axis = axes[index]!
    const before = value - axis.mean
    axis.mean += before / heard.samples
    axis.squares += before * (value - axis.mean)
    axis.least = Math.min(axis.least, value)
    axis.most = Math.max(axis.most, value)
  }
  const stop = new AbortController()
  let isOver = false
  const over = (): void => {
    isOver = true
    if (!huntsBaud || newest !== null) stop.abort()
  }
  const timers = [setTimeout(over, listenMs), setTimeout(() => stop.abort(), huntMs)]
  await feed(
    {
      fix(fix) {
        heard.fixes++
        newest = fix
        if (isOver) stop.abort()
        if (fix.utcMs !== null) clockLagMs = fix.utcMs + (monotonicMs() - fix.tMs) - wallMs()
      },
      imu({ tMs, ax, ay, az, gx, gy, gz, saturated }: ImuSample) {
        heard.samples++
        if (saturated) heard.saturated++
        if (Number.isNaN(firstMs)) firstMs = tMs
        lastMs = tMs
        add(0, ax)
        add(1, ay)
        add(2, az)
        add(3, gx)
        add(4, gy)
        add(5, gz)
      },
      board(state) {
        board = state
      },
      trouble(source, message) {
        if (message === null) troubles.delete(source)
        else troubles.set(source, message)
      },
    },
    stop.signal,
  ).finally(() => timers.forEach(clearTimeout))
  const imuHz = ((heard.samples - 1) * 1000) / (lastMs - firstMs)
  return { ...heard, newest, clockLagMs, board, imuHz, axes, troubles }
}
