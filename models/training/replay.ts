import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import type { MotionSample } from '../src/motion.ts'

const agentCli = fileURLToPath(new URL('../../agent/bin/fairmile-agent.mjs', import.meta.url))

/** An event as a replay tells it. */
export type ReplayedEvent = Pick<DrivingEvent, 'kind' | 'band' | 'grade'> & { startS: number }

/** What is taken from a replay. */
export interface ReplayHandlers {
  motion?(sample: MotionSample): void
  event?(event: ReplayedEvent): void
  trip?(statistics: TripStatistics): void
}

/**
 * Replays a recording through the agent's own pipeline, so that the car's errors are in what training sees.
 *
 * @param folder a recording
 * @throws Error where the agent ends with an error
 */
export async function replay(folder: string, handlers: ReplayHandlers): Promise<void> {
  const child = spawn(process.execPath, [agentCli, 'replay', folder, '--motion', '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const errors: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  for await (const line of createInterface({ input: child.stdout })) {
    const message = JSON.parse(line)
    if (message.type === 'motion') handlers.motion?.(toSample(message))
    else if (message.type === 'event') handlers.event?.(message)
    else if (message.type === 'trip') handlers.trip?.(message.statistics)
  }
  const code = await ended
  if (code !== 0)
    throw new Error(
      `replaying "${folder}": the agent ended with ${code}: ${Buffer.concat(errors).toString().slice(-2000)}`,
    )
}

type Known = number | null | undefined

function toSample(line: Record<string, Known>): MotionSample {
  const of = (value: Known): number => value ?? Number.NaN
  return {
    tMs: Math.round(of(line.tS) * 1000),
    atMs: Number.NaN,
    lat: of(line.lat),
    lon: of(line.lon),
    altM: Number.NaN,
    speedMps: of(line.speedMps),
    headingDeg: of(line.headingDeg),
    aLong: of(line.aLongMps2),
    aLat: of(line.aLatMps2),
    aVert: of(line.aVertMps2),
    yawRate: of(line.yawRateRps),
    hdop: Number.NaN,
    limitKmh: of(line.limitKmh),
    limitConfidence: Number.NaN,
    phoneUse: Number.NaN,
    sigmaG: Number.NaN,
    quality: 0,
  }
}
