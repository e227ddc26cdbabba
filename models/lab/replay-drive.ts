import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { TripRecord } from '@fairmile/contract/trip.ts'

const agentCli = fileURLToPath(new URL('../../agent/bin/fairmile-agent.mjs', import.meta.url))

/** An event as a replay tells it; seconds from the start of the recording. */
export type LabEvent = Pick<DrivingEvent, 'kind' | 'band' | 'grade' | 'peak'> & { startS: number; endS: number }

/** What the agent made of a recording. */
export interface ReplayedDrive {
  events: LabEvent[]
  trips: TripRecord[]
  /** Mean live risk, 0 to 100; null where nothing was scored. */
  risk: number | null
}

/** What the agent judges by; left out: what it comes with. */
export interface JudgedBy {
  /** File of thresholds. */
  thresholds?: string
  /** Folder of a window model. */
  model?: string
}

/**
 * Replays a recording through the agent's own pipeline, as the car would have judged it.
 *
 * @throws Error with the agent's own words where it ends with an error
 */
export async function replayDrive(
  folder: string,
  { thresholds, model }: JudgedBy,
  signal: AbortSignal,
): Promise<ReplayedDrive> {
  const options = [
    ...(thresholds === undefined ? [] : ['--thresholds', thresholds]),
    ...(model === undefined ? [] : ['--model', model]),
  ]
  const child = spawn(process.execPath, [agentCli, 'replay', folder, '--json', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  })
  const errors: Buffer[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk))
  const ended = new Promise<string | null>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code) => resolve(code === 0 ? null : Buffer.concat(errors).toString().trim().slice(-2000)))
  })
  const drive: ReplayedDrive = { events: [], trips: [], risk: null }
  for await (const line of createInterface({ input: child.stdout })) {
    const message = JSON.parse(line)
    if (message.type === 'event') drive.events.push(message)
    else if (message.type === 'trip') drive.trips.push(message)
    else if (message.type === 'summary') drive.risk = message.risk
  }
  const problem = await ended
  if (problem !== null) throw new Error(`replaying "${folder}": ${problem}`)
  return drive
}
