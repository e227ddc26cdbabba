import type { SensorSink, Source } from '../sensors.ts'
import type { Finding } from './check.ts'

/**
 * A receiver without a view of the sky still says so once a second, and a board says hello within one; where a baud rate is to be
 * found, every usual one takes 3 s.
 */
const listenMs = 26_000

/** Opens a source and waits for its first readings. */
export async function listenTo(source: Source): Promise<Omit<Finding, 'name'>> {
  const stop = new AbortController()
  const late = AbortSignal.any([stop.signal, AbortSignal.timeout(listenMs)])
  let heard: string | null = null
  let trouble: string | null = null
  const hear = (what: string) => {
    heard = what
    stop.abort()
  }
  const sink: SensorSink = {
    fix: ({ lat, satellites }) =>
      hear(lat === null ? `it speaks, but has no position yet (${satellites ?? 'unknown'} satellites)` : 'a fix'),
    imu: () => hear('an IMU sample'),
    board: () => {},
    trouble: (_source, message) => {
      trouble = message ?? trouble
    },
  }
  await source.run(sink, late)
  if (heard !== null) return { result: 'ok', detail: `${source.name}: ${heard}` }
  return {
    result: 'failed',
    detail: trouble ?? `${source.name}: nothing heard for ${listenMs / 1000} s; check its cable, power and settings`,
  }
}
