/**
 * What the agent makes of the recorded drives: events by kind and band, the mount beside the documented one, the distance
 * beside what the receiver alone says, and crashes, of which there were none.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { Command } from 'commander'
import { readRecording } from '../src/recording/read-recording.ts'
import { type MountError, mountError } from './parts/mount-error.ts'
import { distanceByReceiver, documentedMounts, recordedDrives } from './parts/recorded-drives.ts'
import { type AgentDrive, replayAgent } from './parts/replay-agent.ts'

const options = new Command('drives')
  .description('Replays the recorded drives of ../shared and tells what the agent found, beside what is known of them.')
  .addHelpText('before', 'Examples:\n  npm run bench -- drives\n  npm run bench -- drives --json\n')
  .option('--json', 'print only the JSON line')
  .parse()
  .opts<{ json?: boolean }>()

/** One drive in the table; null where it is not known. */
interface Row {
  drive: string
  km: number
  gpsKm: number
  events: Record<string, number>
  eventsPer100Km: number
  confidence: number
  mountErrorDeg: Pick<MountError, 'rollDeg' | 'pitchDeg' | 'yawDeg'> | null
  falseCrashes: number
}

const folders = recordedDrives()
if (folders.length === 0) console.error('There are no recorded drives: ../shared/data/drives is absent.')
const out = mkdtempSync(join(tmpdir(), 'fairmile-drives-'))
const rows: Row[] = []
for (const folder of folders) {
  const row = describe(folder, await replayAgent(folder, out))
  rows.push(row)
  if (!options.json) process.stdout.write(`${lineOf(row)}\n`)
}
rmSync(out, { recursive: true })

const sum = (pick: (row: Row) => number) => rows.reduce((total, row) => total + pick(row), 0)
const [km, gpsKm] = [sum((row) => row.km), sum((row) => row.gpsKm)]
const result = {
  bench: 'drives',
  unit: 'km driven, by the agent and by the receiver alone',
  ours: round(km, 3),
  reference: round(gpsKm, 3),
  ratio: gpsKm > 0 ? round(km / gpsKm, 4) : null,
  falseCrashes: sum((row) => row.falseCrashes),
  drives: rows,
}
process.stdout.write(`${JSON.stringify(result)}\n`)
if (result.falseCrashes > 0) process.exitCode = 1

function describe(folder: string, agent: AgentDrive): Row {
  const drive = basename(folder)
  const documented = documentedMounts[drive]
  const gpsKm = distanceByReceiver({ gps: readRecording(folder).gps })
  const harsh: Record<string, number> = {}
  for (const { kind, band } of agent.detections) harsh[`${kind} ${band}`] = (harsh[`${kind} ${band}`] ?? 0) + 1
  const others = Object.entries(agent.counts).filter(([kind]) => !kind.startsWith('harsh_'))
  const total = Object.values(agent.counts).reduce((all, count) => all + count, 0)
  // Gravity alone, since nobody measured the offset of their sensors.
  const error = documented ? mountError(agent.calibration, documented, [0, 0, 0]) : null
  return {
    drive,
    km: round(agent.distanceKm, 3),
    gpsKm: round(gpsKm, 3),
    events: { ...harsh, ...Object.fromEntries(others) },
    eventsPer100Km: agent.distanceKm > 0 ? round((100 * total) / agent.distanceKm, 1) : 0,
    confidence: round(agent.calibration.confidence, 3),
    mountErrorDeg: error && {
      rollDeg: round(error.rollDeg, 2),
      pitchDeg: round(error.pitchDeg, 2),
      yawDeg: round(error.yawDeg, 2),
    },
    falseCrashes: agent.counts.crash ?? 0,
  }
}

function lineOf(row: Row): string {
  const { rollDeg, pitchDeg, yawDeg } = row.mountErrorDeg ?? {}
  const mount = row.mountErrorDeg ? `mount off by ${rollDeg}°, ${pitchDeg}°, ${yawDeg}°` : 'no mount documented'
  const events = Object.entries(row.events).map(([name, count]) => `${count} ${name}`)
  return (
    `${row.drive.padEnd(24)} ${row.km} km (receiver ${row.gpsKm}); ${mount}, confidence ${row.confidence}; ` +
    `${events.join(', ') || 'no events'} (${row.eventsPer100Km} per 100 km); crashes ${row.falseCrashes}`
  )
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
