/**
 * B9: a model that is broken, is another one's, or begins to fail while the car is driven. Claim: of a broken newest version the last
 * good one scores within a second, and no score is anything but a number from 0 to 100, whatever the features are; where the engine
 * throws, dies, gives NaN or stalls for two seconds in a drive, the last good version scores within a second, and an alert of hard braking
 * comes within 200 ms.
 *
 * The control takes the newest model as it is and waits for its answers. It must fail.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { windowFeatures } from '@fairmile/models/features/window.ts'
import type { Scorer } from '@fairmile/models/scoring/scorer.ts'
import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { createLots } from '../../scripts/chaos/lots.ts'
import { after } from '../src/clock.ts'
import type { Log } from '../src/log.ts'
import { openScoring } from '../src/scoring/open-scoring.ts'
import { openThreadModel } from '../src/scoring/thread-engine.ts'
import { openWindowScorer } from '../src/scoring/window-scorer.ts'
import { modelBreaks } from './parts/broken-models.ts'
import { engineFaults } from './parts/faulty-engine.ts'
import { driveLive } from './parts/live-drive.ts'
import { createModelRoot } from './parts/model-root.ts'

const mostAlertMs = 200
const mostRecoverMs = 1000
/** The engine fails at most so long before an alert is due: while it is being found out. */
const mostBeforeMs = 400
/** Motion samples come so often; what has no score after ten of them has none. */
const sampleMs = 100
const mostSamples = 10
/** Rows of each broken artifact, and the share of them that hold a number that is none. */
const rowsOfCase = 40
const oddShare = 0.3

const options = chaosOptions({
  id: 'B9',
  claim: 'A corrupt, mismatched, failing or stalled model: the last good one within 1 s, no NaN, alerts within 200 ms.',
  control: 'the newest model as it is, and no limit',
  runs: 600,
  of: 'broken artifacts; one in thirty as many drives with a failing engine',
})
const { control } = options
const lots = createLots(options.seed)
const folder = mkdtempSync(join(tmpdir(), 'fairmile-b9-'))
const errors: string[] = []
const log = {
  ...{ info() {}, warn() {}, debug() {} },
  error: (about: object, text: string) => void errors.push(`${text} ${JSON.stringify(about)}`),
} as unknown as Log
try {
  const broken = await breakArtifacts()
  const driven = await failInDrives()
  const { worstMs } = broken
  const passed =
    broken.unscored === 0 &&
    broken.notANumber + driven.notANumber === 0 &&
    worstMs <= mostRecoverMs &&
    Object.values(driven.kinds).every(
      ({ alertMs, recoveredMs }) => alertMs <= mostAlertMs && recoveredMs <= mostRecoverMs,
    )
  verdict('B9', options, passed, { artifacts: broken, drives: driven })
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Breaks copies of the newest artifact; below each lies one that is good. */
async function breakArtifacts() {
  const models = createModelRoot(join(folder, 'artifacts'))
  await models.add('1.0.0')
  const whole = await models.add('2.0.0')
  const kept = join(folder, 'whole')
  cpSync(whole, kept, { recursive: true })
  const found = {
    cases: 0,
    refused: 0,
    unscored: 0,
    scores: 0,
    notANumber: 0,
    worstMs: 0,
    kinds: {} as Record<string, number>,
  }
  const names = Object.keys(modelBreaks)
  for (let n = 0; n < options.runs; n++) {
    rmSync(whole, { recursive: true })
    cpSync(kept, whole, { recursive: true })
    const name = names[n % names.length]!
    modelBreaks[name]!(whole, lots, models)
    const startedMs = performance.now()
    const scoring = control
      ? await openUnguarded(whole)
      : await openScoring({ live: false, after, log, root: models.root })
    const samples = await samplesToScore(scoring?.scorer ?? null)
    found.worstMs = Math.max(found.worstMs, Math.round(performance.now() - startedMs))
    found.cases++
    found.kinds[name] = (found.kinds[name] ?? 0) + 1
    if (scoring?.scorer.manifest.version === '1.0.0') found.refused++
    if (samples > mostSamples) found.unscored++
    if (scoring !== null) found.notANumber += await scoreOddRows(scoring.scorer)
    found.scores += rowsOfCase
    await scoring?.close()
    if (n % 100 === 99) options.say(`${n + 1} broken artifacts`)
  }
  return found
}

/** The newest model without a look at it or a guard around it. */
async function openUnguarded(whole: string) {
  return await openWindowScorer(whole).catch(() => null)
}

/** How many samples it takes to the first score of a model's own. */
async function samplesToScore(scorer: Scorer | null): Promise<number> {
  const row = new Float32Array(windowFeatures.length)
  for (let n = 1; n <= mostSamples; n++) {
    if ((await scorer?.score(row))?.source === 'model') return n
    // In life a tenth of a second passes: another model may be opened meanwhile.
    await new Promise((resolve) => setTimeout(resolve, sampleMs))
  }
  return mostSamples + 1
}

/** How many of the scores of random rows, some with NaN and infinity in them, are no number from 0 to 100. */
async function scoreOddRows(scorer: Scorer): Promise<number> {
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3e38]
  let bad = 0
  for (let n = 0; n < rowsOfCase; n++) {
    const row = Float32Array.from(windowFeatures, () =>
      lots.chance(oddShare) ? lots.pick(odd) : (lots.next() - 0.3) * 40,
    )
    const { risk, relativity } = await scorer.score(row)
    if (!(risk >= 0 && risk <= 100) || !Number.isFinite(relativity)) bad++
  }
  return bad
}

/** Has the engine of the newest model fail in a drive; the alert and the score are timed. */
async function failInDrives() {
  const kinds: Record<string, { drives: number; alertMs: number; recoveredMs: number; held: number }> = {}
  const sums = { drives: 0, scores: 0, notANumber: 0 }
  const drives = Math.max(engineFaults.length, Math.round(options.runs / 30))
  const thread = new URL('parts/faulty-engine.ts', import.meta.url)
  const open = (model: string) => openThreadModel(model, thread)
  for (let n = 0; n < drives; n++) {
    const fault = engineFaults[n % engineFaults.length]!
    const models = createModelRoot(join(folder, `drive-${n}`))
    await models.add('1.0.0')
    const newest = await models.add('2.0.0')
    const scoring = control
      ? await openWindowScorer(newest, { open })
      : await openScoring({ live: true, after, log, root: models.root, open })
    if (scoring === null) throw new Error(`driving with a failing engine: no model could be opened: ${errors.at(-1)}`)
    const fail = () => writeFileSync(join(newest, 'fault.json'), JSON.stringify(fault))
    const found = await driveLive(scoring, fail, lots.below(mostBeforeMs))
    await scoring.close()
    rmSync(dirname(dirname(newest)), { recursive: true, force: true })
    sums.drives++
    sums.scores += found.scores
    sums.notANumber += found.notANumber
    const worst = kinds[fault] ?? { drives: 0, alertMs: 0, recoveredMs: 0, held: 0 }
    kinds[fault] = {
      drives: worst.drives + 1,
      alertMs: Math.max(worst.alertMs, roundOr(found.alertMs)),
      recoveredMs: Math.max(worst.recoveredMs, roundOr(found.recoveredMs)),
      held: Math.max(worst.held, found.held),
    }
    options.say(`${fault}: ${JSON.stringify(found)}`)
  }
  return { ...sums, kinds }
}

/** What never came is later than any limit. */
function roundOr(ms: number | null): number {
  return ms === null ? 60_000 : Math.round(ms * 10) / 10
}
