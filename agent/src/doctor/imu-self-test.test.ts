import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { createLink } from '@fairmile/firmware-bridge/link.ts'
import type { Health } from '@fairmile/firmware-bridge/messages.ts'
import { createBoardSource } from '../board/source.ts'
import { createClock } from '../clock.ts'
import { askBoard } from './imu-self-test.ts'

/** What the doctor says of a board that tells this of itself after each hello. */
function ask(health: Omit<Health, 'kind' | 'atUs' | 'lostSamples'>) {
  const bytes = new PassThrough()
  const board = createLink({
    write: (frame) => void bytes.write(frame),
    onMessage(message) {
      if (message.kind !== 'ping') return
      const scale = { accelStepsPerG: 2048, gyroDecistepsPerDps: 328 }
      board.send({ kind: 'hello', version: 1, chip: 'MPU-6050', rateHz: 100, ...scale })
      board.send({ kind: 'health', atUs: 0, lostSamples: 0, ...health })
    },
  })
  const close = async () => void bytes.destroy()
  const open = async () => ({ bytes, write: (frame: Uint8Array) => board.push(frame), close })
  return askBoard(createBoardSource({ path: '/dev/ttyFAKE', clock: createClock(), open }))
}

test('askBoard tells how the board’s own self-test ended, and how warm its IMU is', async () => {
  const passed = await ask({ selfTest: 'passed', imuCentiC: 2140 })
  assert.deepEqual([passed.result, passed.detail], ['ok', 'board /dev/ttyFAKE: its IMU passed, 21 °C'])
  const failed = await ask({ selfTest: 'failed', imuCentiC: null })
  assert.equal(failed.result, 'failed')
  assert.match(failed.detail, /failed; switch it off and on/)
})

test('askBoard finds no fault with a board that has made no self-test', async () => {
  const silent = await ask({ selfTest: 'not_run', imuCentiC: null })
  assert.equal(silent.result, 'skipped')
})
