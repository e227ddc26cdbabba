/**
 * How well the agent judges simulated drives, whose truth is known, beside a judge that is told the mount and knows no slope.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { positive } from '../../scripts/chaos/command.ts'
import { compareDrive, type DriveResult } from './parts/compare-drive.ts'
import { drawDrive } from './parts/draw-drive.ts'
import { fleetFigures } from './parts/fleet-figures.ts'
import { reportFigures, reportVariants, reportWorst } from './parts/fleet-report.ts'
import { judgeNaively } from './parts/naive-judge.ts'
import { replayAgent } from './parts/replay-agent.ts'
import { readTrueDrive } from './parts/true-drive.ts'
import { variants } from './parts/variants.ts'

const options = new Command('fleet')
  .description('Drives a simulated fleet through the agent and compares what it says with what was true.')
  .addHelpText(
    'before',
    'Examples:\n  npm run bench -- fleet --drives 40\n  npm run bench -- fleet --drives 8 --seed 3 --keep drives\n',
  )
  .option('--drives <n>', 'how many drives, one driver each', positive, 40)
  .option('--km <n>', 'drive on until so many kilometres, whatever --drives says', positive)
  .option('--mishaps', 'more potholes, kerbs, slammed doors and knocks on the box than any road has')
  .option('--minutes <m>', 'length of a drive', positive, 12)
  .option('--seed <n>', 'seed of the fleet', positive, 1)
  .option('--variant <name>', `recorder: ${Object.keys(variants).join(', ')}, or "all" in turns`, variantName, 'plain')
  .option('--at-once <n>', 'agents at work at a time', positive, 2)
  .option('--keep <folder>', 'keep the recordings, with truth and what the agent printed, in this folder')
  .option('--json', 'print only the JSON line')
  .parse()
  .opts<{
    drives: number
    km?: number
    mishaps?: true
    minutes: number
    seed: number
    variant: string
    atOnce: number
    keep?: string
    json?: boolean
  }>()

const names = Object.keys(variants)
const out = options.keep ?? mkdtempSync(join(tmpdir(), 'fairmile-fleet-'))
mkdirSync(out, { recursive: true })
const results: DriveResult[] = []
let next = 0
let drivenKm = 0
const startedMs = performance.now()
await Promise.all(Array.from({ length: options.atOnce }, work))
if (options.keep === undefined) rmSync(out, { recursive: true })

const figures = fleetFigures(results)
const byVariant = options.variant === 'all' ? figuresByVariant() : null
if (!options.json) {
  process.stdout.write(reportFigures('fleet', figures))
  if (byVariant) process.stdout.write(reportVariants(byVariant))
  process.stdout.write(reportWorst(results))
}
const { agent, naive } = figures
const result = {
  bench: 'fleet',
  unit: 'F1 of events of at least 0.40 g',
  ours: agent.f1,
  reference: naive.f1,
  ratio: agent.f1 !== null && naive.f1 ? Number((agent.f1 / naive.f1).toFixed(3)) : null,
  seed: options.seed,
  minutes: options.minutes,
  variant: options.variant,
  ...figures,
  ...(byVariant && { byVariant }),
  seconds: Math.round((performance.now() - startedMs) / 1000),
}
process.stdout.write(`${JSON.stringify(result)}\n`)

/** Takes the next drive until there is none: drives it, has it replayed and compares. */
async function work(): Promise<void> {
  while (options.km === undefined ? next < options.drives : drivenKm < options.km) {
    const index = next++
    const result = await runOne(index)
    drivenKm += result.distanceKm
    results.push(result)
    if (!options.json && process.stderr.isTTY)
      process.stderr.write(`\r${results.length} drives, ${Math.round(drivenKm)} km`)
  }
}

async function runOne(index: number): Promise<DriveResult> {
  const name = String(index + 1).padStart(4, '0')
  const variant = options.variant === 'all' ? names[index % names.length]! : options.variant
  const folder = join(out, name)
  const mishaps = options.mishaps === true
  if (existsSync(folder)) rmSync(folder, { recursive: true })
  const drawn = drawDrive({ index, seed: options.seed, minutes: options.minutes, folder, name, variant, mishaps })
  const truth = readTrueDrive(folder)
  const { mount } = truth
  const agent = await replayAgent(folder)
  const reference = await judgeNaively({ folder, mount, ...drawn })
  const compared = compareDrive({ name, folder, truth, mount, agent, reference, ...drawn })
  if (options.keep === undefined) rmSync(folder, { recursive: true })
  return compared
}

function figuresByVariant() {
  const seen = [...new Set(results.map(({ variant }) => variant))]
  return Object.fromEntries(
    seen.map((variant) => [variant, fleetFigures(results.filter((result) => result.variant === variant))]),
  )
}

function variantName(text: string): string {
  if (text === 'all' || text in variants) return text
  throw new InvalidArgumentError(`there is no recorder "${text}".`)
}
