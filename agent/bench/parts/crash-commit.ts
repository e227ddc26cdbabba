import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import { createAlertPolicy } from '../../src/alerts/policy.ts'
import { after, buildMs } from '../../src/clock.ts'
import { createCrashWatch } from '../../src/crash/watch.ts'
import { createOutput } from '../../src/deliver.ts'
import { createLog } from '../../src/log.ts'
import { openOutbox } from '../../src/outbox/outbox.ts'
import { streamImu } from './imu-stream.ts'

const drivenS = 600

/** Milliseconds from the reading that made a crash sure until something was durable, a number a crash, in their order. */
export interface CommitTimes {
  alarm: number[]
  /** The 30 s of readings before it. */
  readings: number[]
  /** Processor time of both: what a computer with other work on it takes longer for. */
  cpu: number[]
}

/** Plays crashes at 100 Hz into a real outbox on this disk. The first meets code for crashes that has never run, as in a car. */
export async function timeCommits(seed: number, crashes: number): Promise<CommitTimes> {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-crash-'))
  const outbox = openOutbox({
    ...{ folder, device: 'DEV-BENCH', privateKey: generateKeyPair().privateKey, buildMs, wallMs: Date.now, after },
    ...{ trouble: () => {}, warn: () => {} },
  })
  try {
    const output = createOutput({
      outbox,
      alerts: createAlertPolicy({ sinks: [], monotonicMs: () => performance.now() }),
      ...{ log: createLog({ level: 'silent' }), isOwnDrive: false, session: null, sync: { live() {} } },
      screen: { motion() {}, live() {}, trip() {} },
    })
    drive(output)
    outbox.flush()
    return await play(seed, crashes, output)
  } finally {
    outbox.close()
    rmSync(folder, { recursive: true })
  }
}

/** Ten minutes of driving and a warning, as any crash has had before it. */
function drive(output: ReturnType<typeof createOutput>): void {
  const unknown = { altM: null, hdop: 0.9, limitKmh: null, liveRisk: 20, quality: 0 }
  const felt = { aLongMin: -1, aLongMax: 1, aLatMin: -1, aLatMax: 1, aVertRms: 0.3, yawRateMax: 0.02 }
  const started = Date.now() - drivenS * 1000
  output.tripStarted?.({ tripId: 'TRP-1', startAt: started, lat: 49, lon: 12 })
  for (let s = 0; s < drivenS; s++) {
    const at = started + s * 1000
    output.telematics?.({ at, lat: 49 + s * 1e-4, lon: 12, speedMps: 14, headingDeg: 0, ...felt, ...unknown })
  }
  const place = { at: Date.now(), speedMps: 14, lat: 49, lon: 12 }
  output.alert?.({ ...place, eventId: 'EVT-0', tripId: 'TRP-1', kind: 'harsh_braking', band: 'coach', value: 4 })
}

async function play(seed: number, crashes: number, output: ReturnType<typeof createOutput>): Promise<CommitTimes> {
  const times: CommitTimes = { alarm: [], readings: [], cpu: [] }
  let readAt = 0
  let cpuAt = process.cpuUsage()
  let batches = 0
  let n = 0
  const since = (): number => performance.now() - readAt
  const watch = createCrashWatch({
    threshold: thresholds.crash,
    rangeMps2: 16 * G_MPS2,
    calibration: () => ({
      ...{ rollDeg: 0, pitchDeg: 0, yawDeg: 0, confidence: 1, tiltSigmaDeg: 1, yawSigmaDeg: 1, lagMs: 0 },
    }),
    crash({ peakMps2 }) {
      const ids = { eventId: `EVT-${++n}`, tripId: 'TRP-1' }
      const place = { at: Date.now(), speedMps: 14, lat: 49.01, lon: 12.1 }
      output.alert?.({ ...ids, ...place, kind: 'crash', band: 'count', value: peakMps2 })
      times.alarm.push(since())
      batches = 0
      return { ...ids, utcOffsetMs: Date.now() }
    },
    over: () => {},
    records(records) {
      output.crash?.(records)
      // Behind the alarm come those before it; what follows seconds later is not timed.
      if (++batches > 1) return
      times.readings.push(since())
      const { user, system } = process.cpuUsage(cpuAt)
      times.cpu.push((user + system) / 1000)
    },
    trouble: () => {},
  })
  let base = 0
  let lastMs = 0
  await streamImu(['--seed', String(seed), '--scenes', String(crashes), '--rate', '100'], {
    drive: () => {
      base = lastMs + 10
    },
    crash: () => {},
    sample(sample, speedMps) {
      lastMs = base + sample.tMs
      readAt = performance.now()
      cpuAt = process.cpuUsage()
      watch.speed(lastMs, speedMps)
      watch.imu({ ...sample, tMs: lastMs })
    },
  })
  return times
}
