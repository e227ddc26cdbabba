import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { DeviceReport } from '@fairmile/contract/device-messages.ts'
import { createLog } from '../log.ts'
import type { SensorSink } from '../sensors.ts'
import { createSelfExamination } from './self-examination.ts'
import { createSensorTap } from './sensor-tap.ts'

const report: DeviceReport = { at: 1, agentVersion: '0', ok: true, findings: [] }

test('createSelfExamination looks soon after the start and once a day, and answers all who ask at once with one look', async () => {
  const timers: { ms: number; callback: () => void }[] = []
  const sent: DeviceReport[] = []
  let looks = 0
  const doctor = createSelfExamination({
    async examine() {
      looks++
      if (looks === 3) throw new Error('no room')
      return report
    },
    send: (one) => void sent.push(one),
    after(ms, callback) {
      timers.push({ ms, callback })
      return () => void timers.pop()
    },
    log: createLog({ level: 'silent' }),
  })
  doctor.start()
  assert.deepEqual(await Promise.all([doctor.now(), doctor.now()]), [report, report])
  assert.equal(looks, 1)
  for (let i = 0; i < 3; i++) {
    timers.shift()!.callback()
    await setImmediate()
  }
  assert.equal(looks, 4)
  assert.equal(sent.length, 3, 'the one that failed sent nothing and ended nothing')
  assert.equal(timers[0]!.ms, 86_400_000)
  doctor.stop()
  assert.equal(timers.length, 0)
})

test('createSensorTap lets a listener hear what goes by, and the troubles that lasted before', async () => {
  const heard: string[] = []
  const sinkOf = (name: string): SensorSink => ({
    fix: () => void heard.push(`${name} fix`),
    imu: () => void heard.push(`${name} imu`),
    board: () => void heard.push(`${name} board`),
    trouble: (source, message) => void heard.push(`${name} ${source} ${message}`),
  })
  const tap = createSensorTap()
  const sensors = tap.tee(sinkOf('agent'))
  sensors.trouble('gnss', 'silent')
  sensors.trouble('imu', 'silent')
  sensors.trouble('imu', null)
  const stop = new AbortController()
  heard.length = 0
  const listening = tap.feed(sinkOf('doctor'), stop.signal)
  sensors.imu({} as never)
  stop.abort()
  await listening
  sensors.imu({} as never)
  assert.deepEqual(heard, ['doctor gnss silent', 'agent imu', 'doctor imu', 'agent imu'])
})
