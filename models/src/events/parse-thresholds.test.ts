import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseThresholds } from './parse-thresholds.ts'
import { thresholds } from './thresholds.ts'

const read = (changes: unknown) => parseThresholds(JSON.stringify(changes))
const refused = (changes: unknown, message: RegExp): void =>
  assert.throws(() => read(changes), { name: 'TypeError', message })
const braking = (change: object) => ({ harsh: { harsh_braking: change } })

test('parseThresholds takes the whole table as it is', () => {
  assert.deepEqual(read(thresholds), thresholds)
  assert.deepEqual(read({}), thresholds)
})

test('parseThresholds changes what is named, and gives the table another version', () => {
  const table = read(braking({ bandsG: { coach: 0.35 } }))
  assert.deepEqual(table.harsh.harsh_braking.bandsG, { log: 0.3, coach: 0.35, count: 0.5 })
  assert.deepEqual(table.harsh.harsh_cornering, thresholds.harsh.harsh_cornering)
  assert.equal(table.version, `${thresholds.version}, changed`)
  assert.equal(read({ version: 'strict', holdMs: 200 }).version, 'strict')
  assert.equal(thresholds.harsh.harsh_braking.bandsG.coach, 0.4)
})

test('parseThresholds refuses what it does not know, with every problem and what there is', () => {
  refused(
    braking({ bandsG: { coch: 0.35 } }),
    /"harsh\.harsh_braking\.bandsG\.coch" is not known; .* has log, coach, count/,
  )
  refused({ holdMs: -1, joinMs: 'long' }, /"holdMs" is a number, not negative; found -1; "joinMs" is a number/)
  refused({ harsh: 3 }, /"harsh" is an object/)
  refused([], /the thresholds is an object/)
  refused({ laneChange: { insteadOf: ['cornering'] } }, /"laneChange\.insteadOf\.0" is one of harsh_braking/)
  refused({ traceFrom: 'loud' }, /"traceFrom" is one of log, coach, count/)
  refused(braking({ direction: 2 }), /direction" is -1, 0 or 1/)
  assert.throws(() => parseThresholds('{"a":'), /this is no JSON/)
})

test('parseThresholds refuses bands that do not rise, and what the pipeline is built for', () => {
  refused(
    braking({ bandsG: { coach: 0.6 } }),
    /"harsh\.harsh_braking\.bandsG" does not rise from log to coach to count/,
  )
  refused({ speeding: { bands: { log: { overKmh: 30 } } } }, /"speeding\.bands" does not rise/)
  refused({ sampleHz: 50 }, /"sampleHz" stays 10/)
})

test('parseThresholds takes no field of an object that JSON brings along', () => {
  assert.throws(() => parseThresholds('{"__proto__": {"holdMs": 1}}'), /"__proto__" is not known/)
})
