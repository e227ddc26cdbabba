/**
 * `npm run models:evaluate`: what the models can honestly be said to know, each number with its 95 % interval.
 *
 * Needs Python 3.11 or newer; its libraries go into the virtual environment of `npm run train`. Data goes to stdout, messages to stderr;
 * leaves with 2 where the input cannot be used.
 */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { pythonEnvironment } from '../../scripts/python-environment.ts'
import { drawHeldOut } from './held-out.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

const command = new Command('models:evaluate')
  .description(
    "Evaluates the driver model on simulated drivers that training never saw, on real claims, or on an insurer's own, with the bias report.",
  )
  .addHelpText(
    'beforeAll',
    `Examples:
  npm run models:evaluate -- --json
  npm run models:evaluate -- --drivers 2000 --model models/artifacts/driver-risk/3.0.0
  npm run models:evaluate -- --real claims/fretelematic.csv
  npm run models:evaluate -- --real claims/fretelematic.csv --report data/evaluation --json
  npm run models:evaluate -- --claims claims.csv --groups groups.csv --tables data/training/tables
  npm run models:evaluate -- --claims claims.csv --tables tables --out artifacts --version 2.0.0
`,
  )
  .option(
    '--drivers <n>',
    'simulated drivers of whom a month is seen; as many with a quarter, a quarter of them with a year',
    '6000',
  )
  .option('--model <folder>', 'the driver model that is judged (default: the newest of this repository)')
  .option('--real <file>', 'fretelematic.csv; freMTPL2freq.csv.gz and freMTPL2sev.csv.gz are looked for beside it')
  .option('--claims <file>', 'own claims: driver_id,exposure_km,claims[,claim_amount_minor][,group]')
  .option('--groups <file>', 'group labels for the bias report: driver_id,group')
  .option('--reference <group>', 'group that the others are compared with (default: the one with the most drivers)')
  .option('--tables <folder>', 'folder with driver.json and driver.f32')
  .option('--out <folder>', 'artifact root: also writes driver-risk/VERSION, trained on all of the claims')
  .option('--version <x.y.z>', 'version of that artifact')
  .option('--report <folder>', 'also write evaluation.json, EVALUATION.md and plots')
  .option('--seed <n>', 'seed of splits and of the bootstrap', '1')
  .option('--json', 'one line of JSON on stdout in place of tables')
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'models:evaluate: ')) })
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse()
const { json, drivers, model, ...values } = command.opts<Record<string, string> & { json?: true }>()

for (const name of ['real', 'claims', 'groups', 'tables']) {
  const path = values[name]
  if (path !== undefined && !existsSync(path))
    refuse(`--${name} "${path}" is not there (paths are taken from ${process.cwd()})`)
  if (path !== undefined && name !== 'tables' && !statSync(path).isFile()) refuse(`--${name} "${path}" is no file`)
}
if (!/^\d{1,9}$/.test(values.seed ?? '')) refuse(`--seed "${values.seed}" is no whole number`)

if (!/^[1-9]\d{2,5}$/.test(drivers ?? '')) refuse(`--drivers "${drivers}" is no whole number from 100 to 999999`)
// An insurer's own claims are judged by models that are trained on them; everything else is of the driver model that is here.
if (!values.claims) {
  const artifact = model ?? newestDriverModel()
  if (!existsSync(join(artifact, 'manifest.json'))) refuse(`--model "${artifact}" is no folder of a model`)
  Object.assign(values, { artifact, 'held-out': await drawHeldOut(artifact, Number(drivers)) })
}
const python = await pythonEnvironment(join(root, 'data/training/venv'))
const args = Object.entries(values).flatMap(([name, value]) => [`--${name}`, value])
// Threads that wait without spinning: on a busy machine the small fits are many times faster.
const env = { OMP_WAIT_POLICY: 'PASSIVE', ...process.env }
const program = fileURLToPath(new URL('evaluate.py', import.meta.url))
const child = spawn(python, [program, ...args, ...(json ? ['--json'] : [])], { stdio: 'inherit', env })
child.on('error', (error) => refuse(`starting "${python}": ${error.message}`, 1))
child.on('close', (code) => {
  process.exitCode = code ?? 1
})

function newestDriverModel(): string {
  const folder = join(root, 'models/artifacts/driver-risk')
  const versions = readdirSync(folder).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  return join(folder, versions.at(-1) ?? '')
}

function refuse(problem: string, code = 2): never {
  console.error(`models:evaluate: ${problem}`)
  process.exit(code)
}
