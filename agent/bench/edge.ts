/** How many times real time the pipeline runs on one core, with a score for every motion sample. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import v8Flags from '../bin/v8-flags.json' with { type: 'json' }
import { findWindowModel } from '../src/scoring/artifact.ts'
import { simulatedDrive } from './parts/simulated-drive.ts'

const options = new Command('edge')
  .description('the agent’s pipeline on a 100 Hz recording, one core, a score for every motion sample')
  .option('--json', 'print only the JSON line')
  .option('--minutes <m>', 'length of the simulated drive', '20')
  .option('--recording <folder>', 'use this recording instead')
  .option('--model <folder>', 'window model')
  .parse()
  .opts<{ json?: boolean; minutes: string; recording?: string; model?: string }>()

const model = options.model ?? (await findWindowModel())
if (model === null) throw new Error('Running the edge bench: there is no window model; run "npm run train" first')
const folder = options.recording ?? simulatedDrive(Number(options.minutes))

// A process of its own, with the settings of the one in the car, and its modules compiled by a run before, as fairmile-agent has them from its second start on.
const cache = mkdtempSync(join(tmpdir(), 'fairmile-compiled-'))
process.once('exit', () => rmSync(cache, { recursive: true, force: true }))
const measure = (recording: string): string =>
  execFileSync(
    process.execPath,
    [...v8Flags, fileURLToPath(new URL('parts/edge-run.ts', import.meta.url)), recording, model],
    {
      env: { ...process.env, NODE_COMPILE_CACHE: cache },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
measure(simulatedDrive(1))
const result = JSON.parse(measure(folder))
if (!options.json) {
  process.stdout.write(
    `${result.ours} times real time (${result.scores} scores for ${result.motionSamples} motion samples of ${Math.round(result.driveS)} s), ` +
      `p99 of one window ${result.p99Ms} ms, ${result.rssMb} MB, ${result.cpuPercentRealtime} % of a core at real time\n`,
  )
}
process.stdout.write(`${JSON.stringify(result)}\n`)
