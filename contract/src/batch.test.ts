import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBatch, peekBatch, sealBatch } from './batch.ts'
import { generateKeyPair, genesisHash } from './chain.ts'
import { decodeRecord, encodeRecord } from './codec.ts'
import type { TelematicsEvent } from './telematics.ts'

const keys = generateKeyPair()
const event = (i: number): TelematicsEvent => ({
  seq: 7 + i,
  at: 1_700_000_000_000 + i * 1000,
  lat: (49_024_729 + i * 10) / 1e6,
  lon: 12.056765,
  altM: 335.8,
  speedMps: 1.23,
  headingDeg: 12.3,
  hdop: 2.2,
  aLongMin: -0.12,
  aLongMax: 0.12,
  aLatMin: null,
  aLatMax: null,
  aVertRms: 0.1,
  yawRateMax: -0.012,
  limitKmh: i === 3 ? 50 : null,
  liveRisk: 12.3,
  quality: 0,
})
const records = Array.from({ length: 60 }, (_, i) => event(i))
const sealed = sealBatch({
  device: 'DEV-0001',
  boot: 2 ** 40,
  lane: 'telematics',
  firstSeq: 7,
  records,
  previousHash: genesisHash,
  privateKey: keys.privateKey,
})

test('openBatch gives back what sealBatch was given', () => {
  const opened = openBatch(sealed.bytes, keys)
  assert.deepEqual(opened.records, records)
  assert.deepEqual(
    [opened.device, opened.boot, opened.lane, opened.firstSeq, opened.lastSeq],
    ['DEV-0001', 2 ** 40, 'telematics', 7, 66],
  )
  assert.deepEqual(opened.hash, sealed.hash)
  assert.deepEqual(peekBatch(sealed.bytes), {
    device: 'DEV-0001',
    boot: 2 ** 40,
    lane: 'telematics',
    firstSeq: 7,
    count: 60,
  })
})

test('decodeRecord gives back what encodeRecord was given', () => {
  assert.deepEqual(decodeRecord('telematics', encodeRecord('telematics', event(3))), event(3))
})
