import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Log } from './log.ts'
import { sense } from './sense.ts'
import type { SensorSink } from './sensors.ts'

const unmeasured = { batteryMv: null, odometerM: null, odometerStepM: null }

/** What is logged while a source does this. */
async function loggedOf(act: (sink: SensorSink) => void): Promise<string[]> {
  const logged: string[] = []
  const write = (level: string) => (_about: unknown, message: string) => void logged.push(`${level}: ${message}`)
  await sense({
    sources: [{ name: 'test', run: async (sink) => act(sink) }],
    readings: { fix() {}, imu() {}, board() {} },
    recorder: null,
    tap: (sink) => sink,
    untilIgnitionOff: false,
    signal: new AbortController().signal,
    log: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') } as Log,
  })
  return logged
}

test('sense warns of what cannot be sensed while the car is in use, when it changes', async () => {
  const logged = await loggedOf((sink) => {
    sink.trouble('gnss', 'silent')
    sink.trouble('gnss', 'silent')
    sink.trouble('gnss', null)
  })
  assert.deepEqual(logged, ['warn: silent', 'info: well again'])
})

test('sense takes it as news and no fault that sensors fall silent with the ignition off', async () => {
  const logged = await loggedOf((sink) => {
    sink.board({ tMs: 0, ignition: false, ...unmeasured })
    sink.trouble('gnss', 'silent')
    sink.board({ tMs: 1000, ignition: true, ...unmeasured })
    sink.trouble('board', 'silent')
  })
  assert.deepEqual(logged, ['info: silent', 'warn: silent'])
})
