import assert from 'node:assert/strict'
import { test } from 'node:test'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import type { Log } from '../log.ts'
import { openSession } from './open-session.ts'

const silent = { info() {}, warn() {}, error() {}, debug() {} } as unknown as Log

/** An outbox's notes, over boots. */
const notes = () => {
  const kept = new Map<string, string>()
  let writes = 0
  const outbox = {
    remember(key: string, value: string) {
      writes++
      kept.set(key, value)
    },
    recall: (key: string) => kept.get(key) ?? null,
  }
  const boot = (kernelBoot: string) =>
    openSession({ outbox, rules: thresholds.tamper, wallMs: () => 1000, log: silent, kernelBoot })
  return { boot, writes: () => writes }
}

/** What the boot after one with such an end finds. */
const after = (end: (session: ReturnType<ReturnType<typeof notes>['boot']>) => void, kernelBoot = 'b') => {
  const { boot } = notes()
  end(boot('a'))
  return boot(kernelBoot).tampers.map(({ reason, atMs }) => [reason, atMs])
}
const on = { ignition: true, batteryMv: 13_800 }

test('openSession finds that the power went while the car drove, or stood with its ignition on', () => {
  assert.deepEqual(
    after((session) => {
      session.board(on)
      session.motion(true)
    }),
    [['power_pulled', 1000]],
  )
  assert.deepEqual(
    after((session) => session.board(on)),
    [['power_pulled_standing', 1000]],
  )
})

test('openSession suspects nobody of an end by itself, a crash of the program, ignition off, low voltage, or what is not known', () => {
  const cases: [Parameters<typeof after>[0], string?][] = [
    [
      (session) => {
        session.board(on)
        session.end()
      },
    ],
    [(session) => session.board(on), 'a'],
    [(session) => session.board({ ignition: false, batteryMv: 12_600 })],
    [(session) => session.board({ ignition: true, batteryMv: 8900 })],
    [(session) => session.board({ ignition: true, batteryMv: null })],
    [(session) => session.motion(true)],
    [() => {}],
  ]
  for (const [end, kernelBoot] of cases) assert.deepEqual(after(end, kernelBoot), [])
})

test('openSession writes only what is news', () => {
  const { boot, writes } = notes()
  const session = boot('a')
  for (let n = 0; n < 100; n++) {
    session.board({ ignition: true, batteryMv: 13_800 + n })
    session.motion(n > 50)
  }
  assert.equal(writes(), 2)
})
