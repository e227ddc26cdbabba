import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import type { TripRecord } from '@fairmile/contract/trip.ts'
import { parseThresholds } from '@fairmile/models/events/parse-thresholds.ts'
import { type Thresholds, thresholds } from '@fairmile/models/events/thresholds.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import { Command, InvalidArgumentError } from 'commander'
import { StartError } from '../errors.ts'
import { openLimits } from '../maps/limit-at.ts'
import type { PipelineOutput } from '../pipeline/output.ts'
import { createPipeline } from '../pipeline.ts'
import { mountOf } from '../recording/drive-info.ts'
import { openPlayer } from '../recording/player.ts'
import { installedModels } from '../scoring/installed-models.ts'
import type { Refused } from '../scoring/model-ladder.ts'
import { type OpenScorer, openWindowScorer } from '../scoring/window-scorer.ts'
import type { SensorSink } from '../sensors.ts'

/** A recording without a date of its own is played as of this noon, so that every replay gives the same lines. */
const defaultStart = '2026-01-01T12:00:00Z'
/** Characters gathered before they are written. */
const writeChars = 64 * 1024

export interface ReplayOptions {
  folder: string
  /** Also write each motion sample. */
  motion: boolean
  output: Writable
  say: (message: string) => void
  /** Folder of a window model, or null for none. @default the newest that came with this program and can be used */
  model?: string | null
  /** What judges the drive. @default the present thresholds */
  thresholds?: Thresholds
  /** Map file that posted limits are looked up in. @default none: limits are unknown */
  map?: string
  /** IANA name of the zone of local hours and conditional limits. @default UTC */
  timeZone?: string
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null)
const rounded = (value: number, digits: number): number | null =>
  Number.isFinite(value) ? Math.round(value * 10 ** digits) / 10 ** digits : null

const motionLine = (s: MotionSample) => ({
  type: 'motion',
  tS: s.tMs / 1000,
  lat: rounded(s.lat, 7),
  lon: rounded(s.lon, 7),
  speedMps: rounded(s.speedMps, 3),
  headingDeg: rounded(s.headingDeg, 2),
  aLongMps2: rounded(s.aLong, 4),
  aLatMps2: rounded(s.aLat, 4),
  aVertMps2: rounded(s.aVert, 4),
  yawRateRps: rounded(s.yawRate, 5),
  ...(Number.isNaN(s.limitKmh) ? {} : { limitKmh: s.limitKmh }),
})

/** Lines that wait to be written, and the sums for the last one. */
const createLines = (output: Writable, withMotion: boolean) => {
  let text = ''
  const events: Record<string, number> = {}
  const total = { distanceM: 0, riskSum: 0, riskS: 0, motion: 0, firstMs: Number.NaN, lastMs: Number.NaN }
  const line = (value: object): void => {
    text += `${JSON.stringify(value)}\n`
  }
  const addTrip = (trip: TripRecord): void => {
    total.distanceM += trip.statistics.distanceM
    total.riskSum += trip.statistics.riskSum
    total.riskS += trip.statistics.riskS
  }
  const told: PipelineOutput = {
    motion(sample) {
      total.motion++
      if (Number.isNaN(total.firstMs)) total.firstMs = sample.tMs
      total.lastMs = sample.tMs
      if (withMotion) line(motionLine(sample))
    },
    event(event, startTMs, endTMs) {
      events[event.kind] = (events[event.kind] ?? 0) + 1
      const { kind, peak, band, grade, gradeReasons, lat, lon } = event
      line({
        type: 'event',
        kind,
        startS: startTMs / 1000,
        endS: endTMs / 1000,
        peak,
        band,
        grade,
        gradeReasons,
        lat,
        lon,
      })
    },
    trip(trip) {
      addTrip(trip)
      line({ type: 'trip', ...trip })
    },
    score({ tMs, risk }) {
      line({ type: 'score', tS: tMs / 1000, risk: rounded(risk, 2) })
    },
  }
  return {
    told,
    events,
    total,
    line,
    /** Writes what waits, once it is enough, and waits for a slow reader. */
    async write(enough = writeChars): Promise<void> {
      if (text.length < enough || text === '') return
      const chunk = text
      text = ''
      if (!output.write(chunk)) await once(output, 'drain')
    },
  }
}

/** The model that was asked for, whoever made it, or the newest installed one that can be used. */
async function openScorer({ model, say }: ReplayOptions): Promise<OpenScorer | null> {
  if (typeof model === 'string') return await openWindowScorer(model)
  if (model === null) return null
  const tell = ({ version, reason }: Refused) => say(`the window model ${version} cannot be used: ${reason}`)
  const scoring = await (await installedModels({ tell }))?.next()
  if (!scoring) say('no window model is installed that can be used: the drive is replayed without live risk')
  return scoring ?? null
}

/** Replays a recording through the pipeline and writes JSON lines; resolves when all is written. */
export const replay = async (options: ReplayOptions): Promise<void> => {
  const { folder, output, say, timeZone = 'UTC' } = options
  const lines = createLines(output, options.motion)
  const settle = async () => {
    await pipeline.settled()
    await lines.write()
  }
  const player = await openPlayer({ folder, settle })
  const { info } = player
  const mount = mountOf(info)
  if (info.imu && !info.imu.hasGyro) say('the recording has no gyro: yaw rates are unknown')
  const scoring = await openScorer(options)
  const limits = options.map === undefined ? null : await openLimits(options.map, { timeZone })
  let seq = 1
  const pipeline = createPipeline({
    device: info.id,
    boot: 1,
    thresholds: options.thresholds ?? thresholds,
    scorer: scoring?.scorer ?? null,
    timeZone,
    nextSeq: () => seq,
    wallMs: () => Date.parse(info.startedAt ?? defaultStart),
    output: { ...lines.told, telematics: () => void seq++, trouble: say },
    sensors: { hasGyro: info.imu?.hasGyro ?? true, gravityIncluded: info.imu?.gravity !== 'removed' },
    ...(mount && { mount }),
    ...(limits && { limitAt: limits.limitAt }),
  })
  let readings = 0
  const sink: SensorSink = {
    imu(sample) {
      readings++
      pipeline.imu(sample)
    },
    fix(fix) {
      readings++
      pipeline.fix(fix)
    },
    board: pipeline.board,
    trouble: (source, message) => say(`${source}: ${message}`),
  }
  const startedMs = performance.now()
  await player.run(sink, new AbortController().signal)
  await pipeline.end('recording_end')
  await scoring?.close()
  limits?.close()
  const tookS = (performance.now() - startedMs) / 1000
  const { total } = lines
  const { confidence, rollDeg, pitchDeg, yawDeg, tiltSigmaDeg, yawSigmaDeg, lagMs } = pipeline.calibration
  lines.line({
    type: 'summary',
    durationS: known((total.lastMs - total.firstMs) / 1000) ?? 0,
    distanceKm: total.distanceM / 1000,
    events: lines.events,
    risk: total.riskS > 0 ? total.riskSum / total.riskS : null,
    calibration: { confidence, rollDeg, pitchDeg, yawDeg, tiltSigmaDeg, yawSigmaDeg, lagMs },
    samplesPerS: Math.round(readings / tookS),
  })
  await lines.write(0)
}

/** @throws StartError that names the file and every field that is wrong with it */
const readThresholds = async (path: string): Promise<Thresholds> => {
  try {
    return parseThresholds(await readFile(path, 'utf8'))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StartError('bad_config', `Opening the thresholds "${path}": ${reason}`, { cause })
  }
}

function parseZone(name: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    throw new InvalidArgumentError('give an IANA name such as Europe/Berlin.')
  }
}

interface Flags {
  motion: boolean
  model?: string
  thresholds?: string
  map?: string
  timeZone: string
}

/** `fairmile-agent replay FOLDER`: a recording through the agent's own pipeline, as fast as it can. */
export const replayCommand = (): Command =>
  new Command('replay')
    .description('run a recording through the agent without a cloud, and print events, trips and scores as JSON lines')
    .argument('<folder>', 'folder with drive.json and imu.csv, gps.csv or gps.nmea')
    .option('--json', 'print JSON lines (they are what it always prints)')
    .option('--motion', 'also print every motion sample', false)
    .option('--model <folder>', 'use this window model instead of the one that came with the agent')
    .option('--thresholds <file>', 'judge by these thresholds: JSON of the whole table, or of what differs from it')
    .option('--map <file>', 'look up posted limits in this map (fairmile-agent maps build)')
    .option('--time-zone <name>', 'zone of local hours and conditional limits, as Europe/Berlin', parseZone, 'UTC')
    .addHelpText(
      'before',
      `Examples:
  $ fairmile-agent replay drives/monday | tail -1
  $ fairmile-agent replay drives/monday --map roads.sqlite | grep speeding
  $ fairmile-agent replay drives/monday --motion > monday.jsonl
  $ echo '{"harsh": {"harsh_braking": {"bandsG": {"coach": 0.35}}}}' > strict.json
  $ fairmile-agent replay drives/monday --thresholds strict.json | grep harsh_braking
`,
    )
    .action(async (folder: string, flags: Flags) => {
      await replay({
        folder,
        motion: flags.motion,
        timeZone: flags.timeZone,
        output: process.stdout,
        say: (message) => process.stderr.write(`${message}\n`),
        ...(flags.model !== undefined && { model: flags.model }),
        ...(flags.map !== undefined && { map: flags.map }),
        ...(flags.thresholds !== undefined && { thresholds: await readThresholds(flags.thresholds) }),
      })
    })
