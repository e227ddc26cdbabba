/** Bytes an event costs on the way to the cloud, everything included, against compact JSON of the same fields. */
import { sealBatch } from '@fairmile/contract/batch.ts'
import { generateKeyPair, genesisHash } from '@fairmile/contract/chain.ts'
import type { TelematicsEvent } from '@fairmile/contract/telematics.ts'
import { type Lane, logTopic, streams } from '@fairmile/contract/topics.ts'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import { Command } from 'commander'
import type { PipelineOutput } from '../src/pipeline/output.ts'
import { createPipeline } from '../src/pipeline.ts'
import { openPlayer } from '../src/recording/player.ts'
import { findWindowModel } from '../src/scoring/artifact.ts'
import { openWindowScorer } from '../src/scoring/window-scorer.ts'
import type { SensorSink } from '../src/sensors.ts'
import { recordedDrive, simulatedDrive } from './parts/simulated-drive.ts'

/** Events of a sealed telematics batch. */
const batchEvents = 60

const options = new Command('wire')
  .description('MQTT bytes an event in signed batches of a recorded drive, against compact JSON')
  .option('--json', 'print only the JSON line')
  .option('--recording <folder>', 'use this recording')
  .parse()
  .opts<{ json?: boolean; recording?: string }>()

const device = 'DEV-4Z8KQ2M7XN1P'
const boot = 0x1234_5678 * 2 ** 20 + 7
const { privateKey } = generateKeyPair()

/** Bytes of a remaining-length field (MQTT 3.1.1, 2.2.3). */
const lengthBytes = (length: number): number => (length < 128 ? 1 : length < 16_384 ? 2 : length < 2_097_152 ? 3 : 4)

/** A PUBLISH of that payload, and for QoS 1 the PUBACK. */
const publishBytes = (topic: string, payload: number, qos: 0 | 1): number => {
  const rest = 2 + Buffer.byteLength(topic) + (qos === 1 ? 2 : 0) + payload
  return 1 + lengthBytes(rest) + rest + (qos === 1 ? 4 : 0)
}

const sent = { telematics: 0, trips: 0, urgent: 0, live: 0 }
let json = 0
let events = 0
const seqs: Record<Lane, number> = { telematics: 1, trips: 1, urgent: 1, raw: 1 }
const heads: Partial<Record<Lane, Uint8Array>> = {}
let pending: TelematicsEvent[] = []

const seal = <L extends 'telematics' | 'trips' | 'urgent'>(
  lane: L,
  firstSeq: number,
  records: Parameters<typeof sealBatch<L>>[0]['records'],
): void => {
  const previousHash = heads[lane] ?? genesisHash
  const batch = sealBatch({ device, boot, lane, firstSeq, records, previousHash, privateKey })
  heads[lane] = batch.hash
  sent[lane] += publishBytes(logTopic(device, lane), batch.bytes.length, 1)
}
const one = <L extends 'trips' | 'urgent'>(lane: L, record: Parameters<typeof sealBatch<L>>[0]['records'][number]) =>
  seal(lane, seqs[lane]++, [record])
const sealTelematics = (): void => {
  const first = pending[0]
  if (first !== undefined) seal('telematics', first.seq, pending)
  pending = []
}

const to = (value: number | null, digits: number): number | null =>
  value === null ? null : Number(value.toFixed(digits))
/** The event as compact JSON at the wire's resolution, with the comma that parts it from the next. */
const jsonBytes = (e: TelematicsEvent): number =>
  JSON.stringify({
    seq: e.seq,
    at: e.at,
    lat: to(e.lat, 6),
    lon: to(e.lon, 6),
    altM: to(e.altM, 1),
    speedMps: to(e.speedMps, 2),
    headingDeg: to(e.headingDeg, 1),
    hdop: to(e.hdop, 1),
    aLongMin: to(e.aLongMin, 2),
    aLongMax: to(e.aLongMax, 2),
    aLatMin: to(e.aLatMin, 2),
    aLatMax: to(e.aLatMax, 2),
    aVertRms: to(e.aVertRms, 2),
    yawRateMax: to(e.yawRateMax, 3),
    limitKmh: e.limitKmh,
    liveRisk: to(e.liveRisk, 1),
    quality: e.quality,
  }).length + 1

const output: PipelineOutput = {
  telematics(summary) {
    const event: TelematicsEvent = { seq: seqs.telematics++, ...summary }
    json += jsonBytes(event)
    events++
    pending.push(event)
    if (pending.length === batchEvents) sealTelematics()
  },
  alert: (alert) => one('urgent', { type: 'alert', alert }),
  tripStarted: (trip) => one('trips', { type: 'trip_started', ...trip }),
  event: (event) => one('trips', { type: 'event', event }),
  trip(trip) {
    sealTelematics()
    one('trips', { type: 'trip', trip })
  },
  live(state) {
    sent.live += publishBytes(streams.live.topic(device), Buffer.byteLength(JSON.stringify(state)), 0)
  },
}

const folder = options.recording ?? recordedDrive() ?? simulatedDrive(20)
const model = await findWindowModel()
const scoring = model === null ? null : await openWindowScorer(model)
const settle = () => pipeline.settled()
const player = await openPlayer({ folder, settle })
const pipeline = createPipeline({
  device,
  boot,
  thresholds,
  scorer: scoring?.scorer ?? null,
  timeZone: 'UTC',
  nextSeq: () => seqs.telematics,
  wallMs: () => Date.UTC(2026, 10, 1, 8),
  output,
  sensors: {
    hasGyro: player.info.imu?.hasGyro ?? true,
    gravityIncluded: player.info.imu?.gravity !== 'removed',
  },
})
const sink: SensorSink = { imu: pipeline.imu, fix: pipeline.fix, board: pipeline.board, trouble: () => {} }
await player.run(sink, new AbortController().signal)
await pipeline.end('recording_end')
sealTelematics()
await scoring?.close()

const round = (value: number, digits: number): number => Number(value.toFixed(digits))
const hours = events / 3600
const lanes = sent.telematics + sent.trips + sent.urgent
const result = {
  bench: 'wire',
  unit: 'MQTT bytes an event',
  ours: round(sent.telematics / events, 2),
  reference: round(json / events, 2),
  ratio: round(sent.telematics / json, 4),
  mbPerHour: { lanes: round(lanes / hours / 1e6, 4), live: round(sent.live / hours / 1e6, 4) },
  events,
  bytes: sent,
  recording: player.info.id,
}
if (!options.json) {
  process.stdout.write(
    `${result.ours} bytes an event against ${result.reference} of compact JSON (${result.ratio}); ` +
      `${result.mbPerHour.lanes} MB an hour for all lanes, ${result.mbPerHour.live} for live\n`,
  )
}
process.stdout.write(`${JSON.stringify(result)}\n`)
