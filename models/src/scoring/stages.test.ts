import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { planRollback, planStage, type Stage, type StageChange, type StagedVersion, stages } from './stages.ts'

/** A registry in memory. */
const createRegistry = (...names: string[]) => {
  const versions: StagedVersion[] = names.map((version) => ({ version, stage: 'candidate' }))
  const history: StageChange[] = names.map((version) => ({ version, from: null, to: 'candidate' }))
  const apply = (changes: StageChange[]): string[] => {
    for (const change of changes) {
      const staged = versions.find(({ version }) => version === change.version) ?? assert.fail()
      assert.equal(staged.stage, change.from)
      staged.stage = change.to
      history.push(change)
    }
    return changes.map(({ version, to }) => `${version} ${to}`)
  }
  return {
    versions,
    stage: (version: string, to: Stage) => apply(planStage(versions, history, { version, to })),
    rollback: () => apply(planRollback(versions, history)),
  }
}

test('planStage brings a version through the shadow to live, and retires the one before', () => {
  const { stage } = createRegistry('1', '2')
  assert.deepEqual(stage('1', 'shadow'), ['1 shadow'])
  assert.deepEqual(stage('1', 'live'), ['1 live'])
  assert.deepEqual(stage('2', 'shadow'), ['2 shadow'])
  assert.deepEqual(stage('2', 'live'), ['1 retired', '2 live'])
  assert.deepEqual(stage('1', 'live'), ['2 retired', '1 live'])
})

test('planStage refuses what skips the shadow, leaves nothing live, or is there already', () => {
  const { stage } = createRegistry('1', '2')
  assert.throws(() => stage('1', 'live'), /from candidate it may become shadow or retired/)
  assert.throws(() => stage('3', 'shadow'), /no such version/)
  stage('1', 'shadow')
  assert.throws(() => stage('1', 'shadow'), /already/)
  stage('1', 'live')
  assert.throws(() => stage('1', 'retired'), /nothing would be live/)
  stage('2', 'retired')
  assert.throws(() => stage('2', 'live'), /never live/)
})

test('planRollback goes back version by version, never to one that was rolled back', () => {
  const { stage, rollback } = createRegistry('1', '2', '3')
  for (const version of ['1', '2', '3']) {
    stage(version, 'shadow')
    stage(version, 'live')
  }
  assert.deepEqual(rollback(), ['3 retired', '2 live'])
  assert.deepEqual(rollback(), ['2 retired', '1 live'])
  assert.throws(rollback, /no other version was live before/)
})

test('whatever is planned, at most one version is live, and once one is, one stays so', () => {
  const step = fc.record({ version: fc.constantFrom('1', '2', '3'), to: fc.constantFrom(...stages, 'back' as const) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { versions, stage, rollback } = createRegistry('1', '2', '3')
      let wasLive = false
      for (const { version, to } of steps) {
        try {
          if (to === 'back') rollback()
          else stage(version, to)
        } catch (error) {
          assert.ok(error instanceof RangeError)
        }
        const live = versions.filter((one) => one.stage === 'live').length
        wasLive ||= live === 1
        assert.equal(live, wasLive ? 1 : 0)
      }
    }),
    { seed: 3 },
  )
})
