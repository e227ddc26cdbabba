/** `npm run lab`: what other thresholds or another model would do to events, scores and premiums, before they are released. */
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { parseThresholds } from '../src/events/parse-thresholds.ts'
import { thresholds } from '../src/events/thresholds.ts'
import { parseRatingPlan } from '../src/pricing/rating-plan.ts'
import { findDrives, simulateDrives } from './find-drives.ts'
import { openModel, openPresentModel } from './open-model.ts'
import { report } from './report.ts'
import { type LabSide, runLab } from './run-lab.ts'

/** Drives of one person, where they are simulated: a driver's score needs more than one. */
const drivesPerDriver = 3

interface Options {
  thresholds?: string
  model?: string
  drives?: string
  simulate: number
  minutes: number
  seed: number
  plan: string
  asKm?: number
  jobs: number
  json?: true
}

const program = new Command('lab')
  .description(
    'Judges drives by the present and by other thresholds, or another model, and tells whose events, scores and premiums change.',
  )
  .addHelpText(
    'before',
    `Examples:
  $ npm run lab -- --thresholds strict.json --drives ../shared/data/drives
  $ npm run lab -- --thresholds strict.json --simulate 12 --as-km 1000
  $ npm run lab -- --model models/artifacts/driver-risk/1.1.0 --simulate 30 --json | tail -1
  $ echo '{"harsh": {"harsh_braking": {"bandsG": {"coach": 0.35}}}}' > strict.json
`,
  )
  .option('--thresholds <file>', 'JSON of the whole table of thresholds, or of what differs from the present one')
  .option(
    '--model <folder>',
    'an artifact: a driver model scores and prices anew, a window model changes the trips’ risk',
  )
  .option('--drives <folder>', 'a recording, or a folder of recordings @default simulated ones')
  .option('--simulate <n>', `drives to simulate where none are given, ${drivesPerDriver} of each driver`, whole, 6)
  .option('--minutes <m>', 'length of a simulated drive', whole, 10)
  .option('--seed <n>', 'seed of the simulated drives', whole, 1)
  .option('--plan <file>', 'rating plan', fileURLToPath(new URL('../plans/fairmile-1.json', import.meta.url)))
  .option(
    '--as-km <km>',
    'score and price as if every driver had driven so far in this way @default what was driven',
    whole,
  )
  .option('--jobs <n>', 'replays at a time', whole, availableParallelism())
  .option('--json', 'print one JSON object with every drive and driver as the last line, nothing else')
  .addHelpText(
    'after',
    `
Each drive goes through the agent's own pipeline, with calibration, grades and statistics as in the car. Trip statistics that a cloud has
stored are not judged again: they hold no samples.
Exit codes: 0 compared (whether or not anything changes), 1 a drive or model could not be read, 2 wrong use.`,
  )
  .exitOverride()

function whole(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('give a whole number of at least 1.')
  return value
}

/** Both sides of the comparison. */
function sidesOf(options: Options): { before: LabSide; after: LabSide } {
  const model = openPresentModel()
  const named = ({ manifest }: typeof model): string => `${manifest.name} ${manifest.version}`
  const before = { name: `thresholds ${thresholds.version}, ${named(model)}`, agent: {}, model }
  if (options.thresholds !== undefined) {
    const { version } = readFile(options.thresholds, parseThresholds)
    const name = `thresholds ${version} (${options.thresholds}), ${named(model)}`
    return { before, after: { name, agent: { thresholds: options.thresholds }, model } }
  }
  const other = openModel(options.model!)
  const name = `thresholds ${thresholds.version}, ${named(other)} (${options.model})`
  return other.manifest.kind === 'driver'
    ? { before, after: { name, agent: {}, model: other } }
    : { before, after: { name, agent: { model: options.model! }, model } }
}

/** What a file says. @throws Error that names the file */
function readFile<T>(path: string, parse: (text: string) => T): T {
  try {
    return parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new Error(`opening "${path}": ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

async function lab(options: Options, signal: AbortSignal): Promise<void> {
  const { drives: given, simulate, minutes, seed, json } = options
  const sides = sidesOf(options)
  const plan = readFile(options.plan, parseRatingPlan)
  const progress = (text: string): void => void (process.stderr.isTTY && process.stderr.write(`\r${text}`))
  const scratch = given === undefined ? await mkdtemp(join(tmpdir(), 'fairmile-lab-')) : null
  try {
    if (scratch !== null) {
      progress(`simulating ${simulate} drives`)
      await simulateDrives(scratch, { drives: simulate, drivesPerDriver, minutes, seed }, signal)
    }
    const drives = findDrives(given ?? scratch!)
    const { jobs, asKm } = options
    const result = await runLab(drives, {
      ...sides,
      plan,
      jobs,
      asKm,
      signal,
      progress: (done) => progress(`${done} of ${drives.length} drives judged`),
    })
    progress('\n')
    console.log(
      json
        ? JSON.stringify({ lab: options.thresholds === undefined ? 'model' : 'thresholds', ...result })
        : report(result),
    )
  } finally {
    if (scratch !== null) await rm(scratch, { recursive: true, force: true })
  }
}

const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
try {
  program.parse()
  const options = program.opts<Options>()
  if ((options.thresholds === undefined) === (options.model === undefined))
    program.error('name what to compare with: either --thresholds FILE or --model FOLDER')
  await lab(options, stop.signal)
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else {
    console.error(`lab: ${error instanceof Error ? error.message : error}`)
    process.exitCode = 1
  }
}
