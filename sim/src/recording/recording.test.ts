import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readRecording } from './read-recording.ts'
import { writeRecording } from './write-recording.ts'

const base = {
  id: 'test',
  seed: 11,
  driverSeed: 4,
  durationS: 120,
  mount: { rollDeg: 3, pitchDeg: -8, yawDeg: 50 },
  imuRateHz: 50,
  withImu: true,
  gzip: false,
  knownMount: false,
}

function inFolder(run: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-recording-'))
  try {
    run(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('writeRecording writes the same bytes for the same seed', () => {
  inFolder((folder) => {
    for (const name of ['a', 'b']) writeRecording({ ...base, folder: join(folder, name) })
    for (const file of ['drive.json', 'imu.csv', 'gps.csv', 'truth.json'])
      assert.equal(readFileSync(join(folder, 'a', file), 'utf8'), readFileSync(join(folder, 'b', file), 'utf8'), file)
  })
})

test('writeRecording keeps the mount to the truth unless it is asked to tell', () => {
  inFolder((folder) => {
    writeRecording({ ...base, folder })
    assert.equal(JSON.parse(readFileSync(join(folder, 'drive.json'), 'utf8')).mount, undefined)
    const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'))
    assert.deepEqual(truth.mount, base.mount)
    assert.ok(truth.driver.speedFactor > 0)
    assert.ok(truth.distanceKm > 0.3 && truth.speedLimits_kmh.length > 0)
    writeRecording({ ...base, folder, knownMount: true })
    assert.deepEqual(JSON.parse(readFileSync(join(folder, 'drive.json'), 'utf8')).mount, base.mount)
  })
})

test('readRecording reads back what was written, compressed or not', () => {
  inFolder((folder) => {
    const { durationS } = writeRecording({ ...base, folder, gzip: true })
    const recording = readRecording(folder)
    assert.equal(recording.imuRateHz, 50)
    assert.ok(Math.abs(recording.imu.length - durationS * 50) < 2)
    assert.ok(Math.abs(recording.gps.length - durationS) < 2)
    assert.equal(recording.startS, 0)
  })
})

test('readRecording says what is wrong with a recording', () => {
  inFolder((folder) => {
    assert.throws(() => readRecording(folder), /drive\.json is missing/)
    writeFileSync(join(folder, 'drive.json'), '{"imu":null,"gps":null}')
    assert.throws(() => readRecording(folder), /neither imu\.csv nor gps\.csv nor gps\.nmea/)
    writeFileSync(join(folder, 'gps.csv'), 't_s,lat_deg\n0,abc\n')
    assert.throws(() => readRecording(folder), /gps\.csv has "abc" where a number belongs/)
    writeFileSync(join(folder, 'imu.csv'), 't_s,ax_mps2,ay_mps2,az_mps2,gx_rps,gy_rps,gz_rps\n0,1,2,3,,,\n')
    assert.throws(() => readRecording(folder), /no gyro/)
  })
})
