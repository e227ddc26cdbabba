import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBatch } from '@fairmile/contract/batch.ts'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import type { TelematicsEvent } from '@fairmile/contract/telematics.ts'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import { buildMs, flooredWall } from '../../src/clock.ts'
import { createFixTiming } from '../../src/gnss/fix-timing.ts'
import { createReceiverDate } from '../../src/gnss/receiver-date.ts'
import { syntheticDrive } from '../../src/motion/synthetic-drive.ts'
import { openOutbox } from '../../src/outbox/outbox.ts'
import { createPipeline } from '../../src/pipeline.ts'
import type { ClockCase } from './clock-cases.ts'

const mount = { rollDeg: 0, pitchDeg: 0, yawDeg: 90 }
/** The receiver's line takes this long. */
const lagMs = 120
const drive = syntheticDrive({ seconds: 300, imuHz: 50, fixHz: 1, lagMs, mount })

/** What a drive left in the outbox, read back from its signed batches. */
export interface StoredDrive {
  telematics: TelematicsEvent[]
  trips: TripsRecord[]
  /** Records refused, unsealable or outside trips. */
  dropped: number
}

/** Drives through the agent's own pipeline and outbox with the clocks of a case. */
export async function driveWithClocks({ wall, gnss, timeZone }: ClockCase): Promise<StoredDrive> {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-r16-'))
  const keys = generateKeyPair()
  let nowMs = 0
  const clock = { rate: 1, monotonicMs: () => nowMs, wallMs: () => wall(nowMs / 1000) }
  const outbox = openOutbox({
    ...keys,
    folder,
    device: 'DEV-1',
    buildMs,
    wallMs: clock.wallMs,
    after: () => () => {},
    trouble: () => {},
    warn: () => {},
  })
  try {
    const onTime = createFixTiming()
    const date = createReceiverDate({ buildMs })
    const pipeline = createPipeline({
      device: 'DEV-1',
      boot: outbox.boot,
      thresholds,
      scorer: null,
      timeZone,
      mount,
      nextSeq: () => outbox.nextSeq('telematics'),
      wallMs: flooredWall(clock, buildMs),
      output: {
        telematics: (summary) => void outbox.append('telematics', summary),
        tripStarted: (trip) => void outbox.append('trips', { type: 'trip_started', ...trip }),
        event: (event) => void outbox.append('trips', { type: 'event', event }),
        trip: (trip) => void outbox.append('trips', { type: 'trip', trip }),
      },
    })
    let next = 0
    for (const fix of drive.fixes) {
      while (next < drive.imu.length && drive.imu[next]!.tMs <= fix.tMs) {
        nowMs = drive.imu[next]!.tMs
        pipeline.imu(drive.imu[next++]!)
      }
      nowMs = fix.tMs
      pipeline.fix(date.take(onTime({ ...fix, utcMs: gnss((fix.tMs - lagMs) / 1000) })))
      await pipeline.settled()
      outbox.flush()
    }
    await pipeline.end('shutdown')
    outbox.seal('telematics')
    outbox.flush()
    const { refused, invalid, unsealable } = outbox.counters()
    return {
      ...readBack(outbox, keys.publicKey),
      dropped: refused + invalid + unsealable + pipeline.counts.eventsOutsideTrips,
    }
  } finally {
    outbox.close()
    rmSync(folder, { recursive: true })
  }
}

function readBack(outbox: ReturnType<typeof openOutbox>, publicKey: string) {
  const found: { telematics: TelematicsEvent[]; trips: TripsRecord[] } = { telematics: [], trips: [] }
  for (const lane of ['telematics', 'trips'] as const)
    for (let batch = outbox.nextBatch(lane, 0); batch; batch = outbox.nextBatch(lane, batch.id)) {
      const opened = openBatch(batch.bytes, { publicKey })
      if (opened.lane === 'telematics') found.telematics.push(...opened.records)
      else if (opened.lane === 'trips') found.trips.push(...opened.records)
    }
  return found
}
