/**
 * `npm run train`: simulates drives and a portfolio of drivers, and trains the window and the driver model.
 *
 * Needs Python 3.11 or newer; its libraries go into a virtual environment in the work folder, at the versions of requirements.txt.
 */
import { appendFile, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command, InvalidArgumentError, Option } from 'commander'
import { pythonEnvironment } from '../../scripts/python-environment.ts'
import { run } from './run.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const node = (script: string, ...args: string[]): Promise<void> => run(process.execPath, [here(script), ...args])

const whole = (text: string): number => {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('give a whole number of at least 1.')
  return Number(text)
}
const version = (text: string): string => {
  if (!/^\d+\.\d+\.\d+$/.test(text)) throw new InvalidArgumentError('give three numbers, as in 2.1.0.')
  return text
}

const options = new Command('train')
  .description('Trains the window and the driver model on simulated driving, signs them, and writes their artifacts.')
  .addHelpText(
    'beforeAll',
    'Examples:\n  npm run train -- --version 2.1.0\n  npm run train -- --version 2.1.0 --models driver --device cuda\n' +
      '  npm run train -- --version 0.0.1 --people 3000 --drives 12 --out /tmp/models\n',
  )
  .requiredOption('--version <x.y.z>', 'version of the artifacts', version)
  .addOption(new Option('--models <name...>', 'which ones').choices(['driver', 'window']).default(['driver', 'window']))
  .option('--people <n>', 'drivers of the portfolio', whole, 400_000)
  .option('--drives <n>', 'physically simulated drives, a person each: for windows and for the fit', whole, 1260)
  .option('--minutes <m>', 'minutes a drive', whole, 15)
  .option('--refit', "also fit the portfolio's generator anew to these drives")
  .option('--keep-drives', 'use the drives that are there already')
  .option('--seed <n>', 'seed of everything drawn', whole, 1)
  .addOption(new Option('--device <name>', 'where XGBoost trains').choices(['cpu', 'cuda']).default('cpu'))
  .option('--work <folder>', 'where drives, tables and the Python environment go', 'data/training')
  .option('--out <folder>', 'artifact root', here('../artifacts'))
  .parse()
  .opts<{
    version: string
    models: ('driver' | 'window')[]
    people: number
    drives: number
    minutes: number
    refit?: true
    keepDrives?: true
    seed: number
    device: string
    work: string
    out: string
  }>()

const { work, seed } = options
const drives = join(work, 'drives')
const tables = join(work, 'tables')
await mkdir(tables, { recursive: true })
const python = await pythonEnvironment(join(work, 'venv'))
const needsDrives = options.models.includes('window') || options.refit
if (needsDrives && !options.keepDrives) await simulate()
if (options.refit) await refit()
if (options.models.includes('window')) await node('tables.ts', drives, tables)
if (options.models.includes('driver')) await drawPortfolio()
const about = ['--tables', tables, '--out', options.out, '--version', options.version]
const how = ['--models', ...options.models, '--seed', String(seed), '--device', options.device]
await run(python, [here('train.py'), ...about, ...how])
await node('sign.ts', ...options.models.map((name) => join(options.out, `${name}-risk`, options.version)))

async function simulate(): Promise<void> {
  await rm(drives, { recursive: true, force: true })
  const many = ['--drives', String(options.drives), '--minutes', String(options.minutes), '--seed', String(seed)]
  const how = ['--drives-per-driver', '1', '--imu-rate', '50', '--mount', 'random', '--known-mount', '--gzip']
  await node('../../sim/src/cli/record.ts', ...many, ...how, '--out', drives)
}

async function refit(): Promise<void> {
  const measured = join(work, 'measured.jsonl')
  await node('portfolio/measure.ts', drives, measured)
  await run(python, [here('portfolio/fit.py'), measured, '--out', here('portfolio/fit.json')])
  await node('portfolio/check.ts', measured)
}

/** Two halves at a time, a process a core; the people are the same however they are shared out. */
async function drawPortfolio(): Promise<void> {
  const half = Math.ceil(options.people / 2)
  const part = (name: string, first: number, count: number, ...more: string[]): Promise<void> => {
    const which = ['--name', name, '--first', String(first), '--drivers', String(count)]
    return node('portfolio/portfolio.ts', ...which, '--seed', String(seed), '--out', tables, ...more)
  }
  await Promise.all([part('driver', 0, half), part('rest', half, Math.max(1, options.people - half))])
  // Others, of whom hardly anything was seen: what a few kilometres are worth. No model learns from them.
  await part('newcomers', options.people, Math.max(100, Math.round(options.people / 20)), '--days', '0.2-30')
  await appendFile(join(tables, 'driver.f32'), await readFile(join(tables, 'rest.f32')))
  await rm(join(tables, 'rest.f32'))
  await rm(join(tables, 'rest.json'))
}
