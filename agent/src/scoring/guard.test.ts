import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Infer } from '@fairmile/models/scoring/scorer.ts'
import type { After } from '../clock.ts'
import { fakeModel } from './fake-model.ts'
import { guardScoring } from './guard.ts'
import type { OpenScorer } from './window-scorer.ts'

const row = Float32Array.of(1, 1)
const answers =
  (margin: number): Infer =>
  async (_rows, n) =>
    new Float32Array(n).fill(margin)
const never: Infer = () => new Promise(() => {})

/** Time that moves when it is told to. */
const createTime = () => {
  let nowMs = 0
  let timers: { atMs: number; callback: () => void }[] = []
  const after: After = (ms, callback) => {
    const timer = { atMs: nowMs + ms, callback }
    timers.push(timer)
    return () => {
      timers = timers.filter((other) => other !== timer)
    }
  }
  const pass = async (ms: number): Promise<void> => {
    nowMs += ms
    for (;;) {
      // What waits for promises alone goes first.
      await new Promise((resolve) => setImmediate(resolve))
      const due = timers.find(({ atMs }) => atMs <= nowMs)
      if (!due) return
      timers = timers.filter((other) => other !== due)
      due.callback()
    }
  }
  return { after, pass }
}

const rig = (first: OpenScorer, others: OpenScorer[] = [], limitMs: number | null = 100) => {
  const time = createTime()
  const troubles: string[] = []
  const guard = guardScoring({
    first,
    next: async () => others.shift() ?? null,
    limitMs,
    after: time.after,
    trouble: (message) => void troubles.push(message),
  })
  return { ...time, troubles, guard, score: () => guard.scorer.score(row) }
}

test('guardScoring passes on what a healthy model says', async () => {
  const { score, guard } = rig(fakeModel('1.0.0', answers(0.5)))
  assert.deepEqual(await score(), { risk: 75, margin: 0.5, relativity: Math.exp(0.5), source: 'model' })
  assert.equal(guard.scorer.failures, 0)
})

test('guardScoring answers in time with the last good score, and throws a late answer away', async () => {
  const late = Promise.withResolvers<Float32Array>()
  const queue: Infer[] = [answers(0.5), () => late.promise, answers(-0.5)]
  const { score, pass, guard } = rig(fakeModel('1.0.0', (rows, n) => queue.shift()!(rows, n)))
  await score()
  const waiting = score()
  await pass(100)
  assert.deepEqual(await waiting, { risk: 75, margin: 0.5, relativity: Math.exp(0.5), source: 'last_good' })
  assert.equal((await score()).source, 'last_good', 'while an answer is owed nothing is asked')
  late.resolve(Float32Array.of(1))
  await pass(0)
  assert.deepEqual([(await score()).risk, queue.length], [25, 0])
  assert.equal(guard.scorer.failures, 1)
})

test('guardScoring sets a model aside that is silent for too long, and the older one takes over', async () => {
  const older = fakeModel('0.9.0', answers(-1))
  const newest = fakeModel('1.0.0', never)
  const { score, pass, guard, troubles } = rig(newest, [older])
  const first = score()
  await pass(100)
  assert.equal((await first).source, 'neutral')
  await pass(299)
  assert.equal((await score()).source, 'neutral')
  await pass(1)
  assert.deepEqual([(await score()).risk, newest.closed, guard.scorer.manifest.version], [0, true, '0.9.0'])
  assert.match(troubles.join('\n'), /1\.0\.0 is set aside.*no answer for 400 ms\n.*is window-example 0\.9\.0 now/)
})

test('guardScoring sets a model aside that is late twice in a row', async () => {
  const slow = [Promise.withResolvers<Float32Array>(), Promise.withResolvers<Float32Array>()]
  const queue = [...slow]
  const { score, pass } = rig(
    fakeModel('1.0.0', () => queue.shift()!.promise),
    [fakeModel('0.9.0', answers(0.5))],
  )
  for (const { resolve } of slow) {
    const waiting = score()
    await pass(100)
    assert.equal((await waiting).source, 'neutral')
    resolve(Float32Array.of(1))
    await pass(0)
  }
  assert.deepEqual([(await score()).source, (await score()).risk], ['model', 75])
})

for (const [how, infer] of [
  ['throws', () => Promise.reject(new Error('broken'))],
  ['gives NaN', answers(Number.NaN)],
  ['gives infinity', answers(Number.POSITIVE_INFINITY)],
  ['gives too few', async () => new Float32Array(0)],
] as [string, Infer][])
  test(`guardScoring sets a model aside that ${how} three times in a row, and no such score leaves`, async () => {
    const { score, pass } = rig(fakeModel('1.0.0', infer), [fakeModel('0.9.0', answers(0.5))], null)
    for (let n = 0; n < 3; n++) assert.equal((await score()).source, 'neutral')
    await pass(0)
    assert.deepEqual([(await score()).risk, (await score()).source], [75, 'model'])
  })

test('guardScoring bears a failure now and then', async () => {
  let n = 0
  const { score, troubles } = rig(
    fakeModel('1.0.0', (rows, count) => answers(++n % 12 === 0 ? Number.NaN : 0)(rows, count)),
  )
  for (let i = 0; i < 300; i++) await score()
  assert.deepEqual(troubles, [])
})

test('guardScoring opens the models anew where none is left: at once, and then ever more seldom', async () => {
  let opened = 0
  const time = createTime()
  const broken = () => fakeModel('1.0.0', answers(Number.NaN))
  const rungs = [null, null, null]
  const guard = guardScoring({
    first: broken(),
    next: async () => {
      opened++
      return rungs.length > 0 ? rungs.shift()! : fakeModel('1.0.0', answers(0.5))
    },
    limitMs: 100,
    after: time.after,
    trouble: () => {},
  })
  for (let i = 0; i < 3; i++) await guard.scorer.score(row)
  await time.pass(0)
  assert.equal(opened, 2, 'once beforehand, once anew')
  await time.pass(999)
  assert.equal(opened, 2)
  await time.pass(1)
  assert.equal(opened, 3)
  await time.pass(1999)
  assert.equal(opened, 3)
  await time.pass(1)
  assert.deepEqual([opened, (await guard.scorer.score(row)).source], [4, 'model'])
  await guard.close()
})

test('guardScoring keeps the good rows of a batch', async () => {
  const half: Infer = async () => Float32Array.of(0.5, Number.NaN)
  const { guard } = rig(fakeModel('1.0.0', half), [], null)
  const scores = await guard.scorer.scoreRows(new Float32Array(4), 2)
  assert.deepEqual(
    scores.map(({ source }) => source),
    ['model', 'neutral'],
  )
})

test('guardScoring opens the next model at the first doubt, and closes it with the first', async () => {
  const [older, newest] = [fakeModel('0.9.0', answers(0)), fakeModel('1.0.0', answers(Number.NaN))]
  const { score, guard } = rig(newest, [older], null)
  await score()
  assert.equal(older.closed, false)
  await guard.close()
  assert.deepEqual([older.closed, newest.closed], [true, true])
})
