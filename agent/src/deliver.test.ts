import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import { createAlertPolicy } from './alerts/policy.ts'
import { buildMs } from './clock.ts'
import { createOutput } from './deliver.ts'
import { createLog } from './log.ts'
import { openExampleOutbox } from './outbox/example-outbox.ts'
import { createFakeAfter, noon, second } from './outbox/example-records.ts'
import { readOutboxStatus } from './outbox/read-status.ts'

function open(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-output-'))
  const { privateKey } = generateKeyPair()
  const outbox = openExampleOutbox({ folder, privateKey, buildMs, after: createFakeAfter().after })
  t.after(() => {
    outbox.close()
    rmSync(folder, { recursive: true })
  })
  const output = createOutput({
    outbox,
    alerts: createAlertPolicy({ sinks: [], monotonicMs: () => 0 }),
    log: createLog({ level: 'silent' }),
    isOwnDrive: false,
    session: null,
    sync: { live() {} },
    screen: { motion() {}, live() {}, trip() {} },
  })
  /** Last sequence numbers of the sealed telematics batches after summaries of these seconds. */
  const sealedAfter = (fromS: number, toS: number): number[] => {
    for (let at = fromS; at < toS; at++) output.telematics?.(second(noon + at * 1000))
    outbox.flush()
    const ends: number[] = []
    for (let batch = outbox.nextBatch('telematics', 0); batch; batch = outbox.nextBatch('telematics', batch.id))
      ends.push(batch.lastSeq)
    return ends
  }
  return { output, outbox, folder, sealedAfter }
}

test('createOutput lets the summaries of a trip wait for a full batch', (t) => {
  const { output, sealedAfter } = open(t)
  output.tripStarted?.({ tripId: 'TRP-000000000001', startAt: noon, lat: null, lon: null })
  assert.deepEqual(sealedAfter(0, 59), [])
  assert.deepEqual(sealedAfter(59, 70), [60])
})

test('createOutput has the summaries of a parked car sealed within a minute', (t) => {
  const { sealedAfter } = open(t)
  assert.deepEqual(sealedAfter(0, 1), [1])
  assert.deepEqual(sealedAfter(1, 60), [1])
  assert.deepEqual(sealedAfter(60, 61), [1, 61])
})

test('createOutput has a crash on the disk before it tells anybody, and its readings right behind', (t) => {
  const { output, outbox, folder } = open(t)
  const imu = { offsetMs: [0], ax: [0], ay: [0], az: [9.8], gx: [null], gy: [null], gz: [null] }
  const ids = { eventId: 'EVT-000000000001', tripId: 'TRP-000000000001' }
  const crash = {
    ...{ ...ids, at: noon, deltaVMps: 6, directionDeg: null, peakMps2: 90, rolledOver: false, saturated: false },
    ...{ rateHz: 100, fromMs: -10_000, imu },
  }
  /** Records of the urgent lane that a power cut could no longer take. */
  const durable = (): number => readOutboxStatus(folder)?.lanes.urgent.records ?? 0
  output.alert?.({
    ...ids,
    kind: 'harsh_braking',
    band: 'count',
    at: noon,
    value: 5,
    speedMps: 9,
    lat: null,
    lon: null,
  })
  assert.equal(durable(), 0)
  output.alert?.({ ...ids, kind: 'crash', band: 'count', at: noon, value: 90, speedMps: 9, lat: null, lon: null })
  assert.equal(durable(), 2)
  output.crash?.([crash, { ...crash, fromMs: -30_000 }])
  assert.equal(durable(), 4)
  assert.ok(outbox.nextBatch('urgent', 0))
})
