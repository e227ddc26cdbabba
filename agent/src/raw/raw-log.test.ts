import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decodeRecord, encodeRecord } from '@fairmile/contract/codec.ts'
import type { RawChunk } from '@fairmile/contract/raw-chunk.ts'
import type { Fix, ImuSample } from '../sensors.ts'
import { createRawLog } from './raw-log.ts'

const sample = (tMs: number, more: Partial<ImuSample> = {}): ImuSample => ({
  tMs,
  ax: 0.1,
  ay: 0,
  az: 9.8,
  gx: 0,
  gy: 0,
  gz: 0.01,
  ...more,
})
const fix = (tMs: number): Fix => ({
  tMs,
  utcMs: null,
  lat: 49.01,
  lon: 12.1,
  altM: null,
  speedMps: 14,
  courseDeg: 90,
  hdop: 0.9,
  satellites: 9,
  mode: 3,
})

const begin = () => {
  const chunks: RawChunk[] = []
  const log = createRawLog({ append: (chunk) => void chunks.push(chunk), utcMs: (tMs) => tMs + 1e12 })
  return { chunks, log }
}

describe('createRawLog', () => {
  it('gives every reading in chunks of ten seconds', () => {
    const { chunks, log } = begin()
    for (let i = 0; i < 2500; i++) {
      log.imu(sample(500 + i * 10))
      if (i % 100 === 0) log.fix(fix(500 + i * 10))
    }
    log.flush()
    assert.deepEqual(
      chunks.map(({ at, imu, fixes }) => [at - 1e12, imu.ax.length, fixes.lat.length]),
      [
        [500, 1000, 10],
        [10_500, 1000, 10],
        [20_500, 500, 5],
      ],
    )
    assert.deepEqual(chunks[0]?.imu.offsetMs.slice(0, 3), [0, 10, 20])
    log.flush()
    assert.equal(chunks.length, 3)
  })

  it('takes no sample without a force, keeps one without a gyroscope, and a fix from before the chunk', () => {
    const { chunks, log } = begin()
    log.imu(sample(100, { ax: Number.NaN }))
    log.imu(sample(110, { gx: Number.NaN }))
    log.fix(fix(90))
    log.flush()
    const read = decodeRecord('raw', encodeRecord('raw', chunks[0]!))
    assert.deepEqual([read.imu.gx, read.imu.ax, read.fixes.offsetMs], [[null], [0.1], [0]])
  })

  it('begins anew when the clock steps back, and where a chunk is full', () => {
    const { chunks, log } = begin()
    log.imu(sample(60_000))
    log.imu(sample(10))
    for (let i = 0; i < 8000; i++) log.imu(sample(10 + i))
    log.flush()
    assert.deepEqual(
      chunks.map(({ imu }) => imu.ax.length),
      [1, 8000, 1],
    )
  })
})
