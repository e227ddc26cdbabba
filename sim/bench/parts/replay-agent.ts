import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import { type Detection, rules } from './match-events.ts'

const agent = fileURLToPath(new URL('../../../agent/bin/fairmile-agent.mjs', import.meta.url))
/** What the agent printed, and what it said, kept beside the recording. */
const outputFile = 'replay.jsonl'
const saidFile = 'replay.log'

/** What the agent's calibration came to at the end of the recording. */
export interface AgentCalibration {
  confidence: number
  rollDeg: number
  pitchDeg: number
  yawDeg: number
  tiltSigmaDeg: number
  yawSigmaDeg: number
  lagMs: number
}

/** One motion sample as the agent prints it; null where unknown. */
export interface AgentMotion {
  tS: number
  speedMps: number | null
  aLongMps2: number | null
  aLatMps2: number | null
}

/** What the agent made of a recording. */
export interface AgentDrive {
  /** Harsh events, and how many of every kind. */
  detections: Detection[]
  counts: Record<string, number>
  distanceKm: number
  calibration: AgentCalibration
  motion: AgentMotion[]
}

/**
 * Replays a recording with the agent's command line, in a process of its own; its lines stay in the folder `out`.
 *
 * @throws Error when the agent fails, with the place of what it said
 */
export async function replayAgent(folder: string, out = folder): Promise<AgentDrive> {
  const output = openSync(join(out, outputFile), 'w')
  const said = openSync(join(out, saidFile), 'w')
  const child = spawn(process.execPath, [agent, 'replay', folder, '--json', '--motion'], {
    stdio: ['ignore', output, said],
  })
  closeSync(output)
  closeSync(said)
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`Replaying "${folder}": the agent ended with ${code}; see ${join(out, saidFile)}`)
  return readReplay(await readFile(join(out, outputFile), 'utf8'))
}

function readReplay(text: string): AgentDrive {
  const detections: Detection[] = []
  const motion: AgentMotion[] = []
  let summary: { distanceKm: number; events: Record<string, number>; calibration: AgentCalibration } | null = null
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('{"type":"score"')) continue
    const value = JSON.parse(line)
    if (value.type === 'motion') motion.push(value)
    else if (value.type === 'summary') summary = value
    else if (value.type === 'event' && value.kind in rules) detections.push({ ...value, peakG: value.peak / G_MPS2 })
  }
  if (summary === null) throw new Error('Reading what the agent replayed: its last line is no summary')
  const { distanceKm, events, calibration } = summary
  return { detections, motion, distanceKm, calibration, counts: events }
}
