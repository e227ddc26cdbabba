/**
 * `npm run train`: simulates drives, replays them through the agent, and trains both models.
 *
 * Needs Python 3.11 or newer; its libraries go into a virtual environment in the work folder, at the versions of requirements.txt.
 */
import { spawn } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { pythonEnvironment } from '../../scripts/python-environment.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const command = new Command('train')
  .description('Trains the window and the driver model on simulated drives.')
  .addHelpText(
    'beforeAll',
    'Examples:\n  npm run train -- --version 1.1.0\n  npm run train -- --drivers 12 --out /tmp/models --version 0.0.1\n',
  )
  .requiredOption('--version <x.y.z>', 'version of the artifacts')
  .option('--drivers <n>', 'simulated people', '240')
  .option('--drives <n>', 'drives of each', '4')
  .option('--minutes <m>', 'minutes a drive', '10')
  .option('--seed <n>', 'seed of everything drawn', '1')
  .option('--work <folder>', 'where drives, tables and the Python environment go', 'data/training')
  .option('--out <folder>', 'artifact root', here('../artifacts'))
  .option('--keep-drives', 'use the drives that are there already')
  .parse()
const options = command.opts<
  Record<'version' | 'drivers' | 'drives' | 'minutes' | 'seed' | 'work' | 'out', string> & { keepDrives?: boolean }
>()

const drives = join(options.work, 'drives')
const tables = join(options.work, 'tables')
await mkdir(options.work, { recursive: true })
if (!options.keepDrives) await simulate()
await run(process.execPath, [here('tables.ts'), drives, tables])
const python = await pythonEnvironment(join(options.work, 'venv'))
await run(python, [
  here('train.py'),
  '--tables',
  tables,
  '--out',
  options.out,
  '--version',
  options.version,
  '--seed',
  options.seed,
])

async function simulate(): Promise<void> {
  await rm(drives, { recursive: true, force: true })
  const count = String(Number(options.drivers) * Number(options.drives))
  const record = [
    '--seed',
    options.seed,
    '--minutes',
    options.minutes,
    '--drives',
    count,
    '--drives-per-driver',
    options.drives,
  ]
  await run(process.execPath, [
    here('../../sim/src/cli/record.ts'),
    ...record,
    '--mount',
    'random',
    '--known-mount',
    '--gzip',
    '--out',
    drives,
  ])
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { stdio: 'inherit' })
  const code = await new Promise<number | string>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', (exit, signal) => resolve(exit ?? signal ?? 'unknown'))
  })
  if (code !== 0) throw new Error(`training: "${program} ${args.slice(0, 2).join(' ')}" ended with ${code}`)
}
