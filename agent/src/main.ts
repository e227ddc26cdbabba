import { type Lane, lanes } from '@fairmile/contract/topics.ts'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import about from '../package.json' with { type: 'json' }
import { openAlerts } from './alerts/open-alerts.ts'
import { after, buildMs, type Clock, createClock, flooredWall } from './clock.ts'
import { createCloudLink } from './cloud-link.ts'
import type { AgentConfig } from './config.ts'
import { createOutput } from './deliver.ts'
import { createRunningDoctor } from './doctor/running-doctor.ts'
import { createSensorTap } from './doctor/sensor-tap.ts'
import type { BaudMemory } from './gnss/source.ts'
import { type Enrolled, enrol } from './keys/enrol.ts'
import { openLocal } from './local/open-local.ts'
import type { LeveledLog, Log } from './log.ts'
import type { OpenLimits } from './maps/limit-at.ts'
import { openMap } from './maps/open-map.ts'
import type { Calibration } from './motion/calibration.ts'
import { type Outbox, type OutboxOptions, openOutbox } from './outbox/outbox.ts'
import { createWear, type Wear, writtenBytes } from './outbox/wear.ts'
import { createPipeline, type Pipeline } from './pipeline.ts'
import { withParked } from './power/with-parked.ts'
import { teeRaw } from './raw/tee-raw.ts'
import { createRecorder } from './recording/recorder.ts'
import { openScoring } from './scoring/open-scoring.ts'
import type { OpenScorer } from './scoring/window-scorer.ts'
import { createScreen, type Screen } from './screen/screen.ts'
import { readTripShown } from './screen/trip-shown.ts'
import { sense } from './sense.ts'
import { makeSources, type Sources } from './sources.ts'
import type { Sync } from './sync/sync.ts'
import { readOdometerKept } from './tamper/odometer-watch.ts'
import { type OpenSession, openSession } from './tamper/open-session.ts'
import { readTripCheckpoint } from './trips/trip-checkpoint.ts'

/** The pipeline is told the time so often, on the agent's clock: a trip's end is no matter of seconds. */
const tickMs = 10_000

export interface RunOptions {
  config: Readonly<AgentConfig>
  /** How many times faster than real time the agent's clocks run. */
  clockRate: number
  /** End when the source has ended and the cloud has acked everything. */
  once: boolean
  /** Folder to record the readings into; null for none. */
  recordFolder: string | null
  /** Find the mount anew: the box was moved, or is in another car. */
  forgetMount: boolean
  /** Ends the agent cleanly. */
  signal: AbortSignal
  log: LeveledLog
}

/**
 * Runs the agent: senses, keeps, tells, until the signal aborts.
 * @throws {StartError} where it cannot start and a person can mend it
 */
export async function runAgent(options: RunOptions): Promise<void> {
  const { config, once, signal, log } = options
  const clock = createClock({ rate: options.clockRate })
  const device = await enrol({ ...config, folder: config.dataFolder, random: Math.random, signal, log })
  signal.throwIfAborted()
  await using parts = new AsyncDisposableStack()
  let onCommit = () => {}
  const isOnItsWay = (id: number) => sync.isOnItsWay(id)
  const outbox = openOutbox({ ...outboxOptions(options, device, clock, () => onCommit()), isOnItsWay })
  parts.defer(() => outbox.close())
  const scoring = await openScoring({ live: config.recording === null, after, log })
  parts.defer(() => scoring?.close())
  const limits = await openMap(config.map, config.timeZone, log)
  parts.defer(() => limits?.close())
  const settle = () => pipeline.settled()
  const made = await makeSources({ ...config, clock, baudMemory: baudMemory(outbox), settle })
  const wear = makeWear(outbox)
  parts.defer(() => wear.stop())
  const examine = () => doctor.now()
  const agentVersion = about.version
  const { sync, timeZone } = createCloudLink({ ...options, device, agentVersion, outbox, wear, examine, clock })
  const screen = makeScreen(config, outbox, sync, clock)
  const { wallMs } = clock
  const session = config.recording === null ? openSession({ outbox, rules: thresholds.tamper, wallMs, log }) : null
  const given = { outbox, sync, scoring, limits, made, clock, screen, timeZone, session }
  const pipeline = makePipeline(options, device, given)
  const recorder =
    options.recordFolder === null
      ? null
      : await createRecorder({ folder: options.recordFolder, id: `${device.claimed.deviceId}-${outbox.boot}` })
  parts.defer(() => recorder?.close())
  signal.throwIfAborted()
  if (config.recording === null) sayWhatIsMissing(config, log)
  log.info({ device: device.claimed.deviceId, boot: outbox.boot, version: about.version }, 'running')

  const tap = createSensorTap()
  const writtenBytesPerHour = wear.bytesPerHour
  const doctor = createRunningDoctor({ config, sync, feed: tap.feed, writtenBytesPerHour, clock, log })
  if (config.screen !== null) {
    const local = openLocal({
      address: config.screen,
      pages: config.screenPages,
      folder: config.dataFolder,
      screen,
      doctor: doctor.now,
      phone: (report) => pipeline.phone({ tMs: clock.monotonicMs(), connected: true, ...report }),
      wallMs: clock.wallMs,
      log,
    })
    parts.defer(() => local.close())
  }
  onCommit = sync.wake
  sync.start()
  doctor.start()
  parts.defer(async () => {
    doctor.stop()
    await sync.stop()
    const sources = Object.fromEntries(made.sources.map(({ name, counts }) => [name, counts]))
    const counted = { sources, pipeline: pipeline.counts, outbox: outbox.counters(), sync: sync.counters() }
    log.info({ ...counted, waiting: waitingOf(outbox) }, 'stopped')
  })
  const ticking = setInterval(() => void pipeline.tick(clock.monotonicMs()), tickMs / clock.rate)
  parts.defer(() => clearInterval(ticking))
  const raw = config.raw === 'off' ? null : teeRaw(pipeline, { outbox, clock })
  const readings = withParked(raw ?? pipeline, made.board, { ...config, outbox, isSent: () => isEmpty(outbox), log })
  const reason = await sense({ ...made, readings, recorder, tap: tap.tee, untilIgnitionOff: once, signal, log })
  raw?.flush()
  await pipeline.end(reason)
  session?.end()
  const drained = Promise.withResolvers<void>()
  onCommit = () => {
    sync.wake()
    if (once && isEmpty(outbox)) drained.resolve()
  }
  outbox.seal('telematics')
  outbox.flush()
  onCommit()
  await untilAborted(signal, drained.promise)
}

function outboxOptions(options: RunOptions, device: Enrolled, clock: Clock, onCommit: () => void): OutboxOptions {
  const { config, log } = options
  return {
    folder: config.dataFolder,
    rawIsRing: config.raw === 'ring',
    device: device.claimed.deviceId,
    privateKey: device.privateKey,
    buildMs,
    wallMs: clock.wallMs,
    after,
    committed(ranges) {
      for (const range of ranges) log.debug(range, 'committed')
      onCommit()
    },
    trouble: (message) => (message === null ? log.info({}, 'the outbox is well again') : log.error({}, message)),
    warn: (message) => log.error({}, message),
  }
}

const makeWear = (outbox: Outbox): Wear =>
  createWear({
    writtenBytes,
    nowMs: () => performance.now(),
    after,
    measured: (bytes) => outbox.remember('writtenBytesPerHour', String(bytes)),
  })

interface Parts {
  outbox: Outbox
  sync: Sync
  scoring: OpenScorer | null
  limits: OpenLimits | null
  made: Sources
  clock: Clock
  screen: Screen
  timeZone: string
  /** Null for a recorded drive. */
  session: OpenSession | null
}

function makeScreen(config: AgentConfig, outbox: Outbox, sync: Sync, clock: Clock): Screen {
  return createScreen({
    thresholds,
    timeZone: config.timeZone,
    clock,
    delivery: () => ({
      online: sync.connected,
      waiting: Object.values(waitingOf(outbox)).reduce((sum, records) => sum + records, 0),
    }),
    lastTrip: readTripShown(outbox.recall('lastTrip')),
    keepTrip: (trip) => outbox.remember('lastTrip', JSON.stringify(trip)),
  })
}

function makePipeline({ config, forgetMount, log }: RunOptions, device: Enrolled, parts: Parts): Pipeline {
  const { outbox, sync, scoring, limits, made, clock, screen, timeZone, session } = parts
  const alerts = openAlerts({
    ways: config.alerts,
    screen,
    board: made.board,
    folder: config.dataFolder,
    monotonicMs: clock.monotonicMs,
    log,
  })
  // A recording was made by another device in another place of another car.
  const isOwnDrive = config.recording === null
  const saved = isOwnDrive && !forgetMount ? outbox.recall('calibration') : null
  const savedTrip = isOwnDrive ? readTripCheckpoint(outbox.recall('trip')) : null
  const savedOdometer = isOwnDrive ? readOdometerKept(outbox.recall('odometer')) : null
  return createPipeline({
    device: device.claimed.deviceId,
    boot: outbox.boot,
    thresholds,
    scorer: scoring?.scorer ?? null,
    causes: scoring?.causes,
    output: createOutput({ outbox, sync, alerts, screen, session, log, isOwnDrive }),
    timeZone,
    nextSeq: () => outbox.nextSeq('telematics'),
    wallMs: flooredWall(clock, Math.max(buildMs, Number(outbox.recall('lastAt') ?? 0))),
    ...(limits && { limitAt: limits.limitAt }),
    ...(made.sensors && { sensors: made.sensors }),
    ...(made.mount && { mount: made.mount }),
    tampers: session?.tampers ?? [],
    ...(savedTrip && { savedTrip }),
    ...(savedOdometer && { savedOdometer }),
    ...(saved !== null && { savedCalibration: JSON.parse(saved) as Calibration }),
  })
}

/** The baud rate of the receiver is found once, and tried first from then on. */
const baudMemory = (outbox: Outbox): BaudMemory => ({
  recall: () => Number(outbox.recall('gnssBaud') ?? 0) || null,
  keep: (baud) => outbox.remember('gnssBaud', String(baud)),
})

function sayWhatIsMissing({ gnss, imu }: AgentConfig, log: Log): void {
  if (gnss === null)
    log.warn(
      {},
      'no GNSS receiver is set (FAIRMILE_GNSS): place and speed are unknown, no event is better than grade C',
    )
  if (imu === null) log.warn({}, 'no IMU is set (FAIRMILE_IMU): speed and place only, no manoeuvre is judged')
}

const waitingOf = (outbox: Outbox): Record<Lane, number> =>
  Object.fromEntries(lanes.map((lane) => [lane, outbox.waiting(lane).records])) as Record<Lane, number>

/** Raw readings wait for who asks. */
const isEmpty = (outbox: Outbox): boolean => lanes.every((lane) => lane === 'raw' || outbox.waiting(lane).records === 0)

/** Resolves when the promise does or the signal aborts. */
function untilAborted(signal: AbortSignal, promise: Promise<void>): Promise<void> {
  const aborted = new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
  return Promise.race([promise, aborted])
}
