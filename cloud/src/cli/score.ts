import { setTimeout as sleep } from 'node:timers/promises'
import { DriverId } from '@fairmile/contract/http/ids.ts'
import { standardPeriodDays } from '@fairmile/contract/http/risk.ts'
import { RiskBatchBody, type RiskJob } from '@fairmile/contract/http/risk-jobs.ts'
import { Command, InvalidArgumentError } from 'commander'
import { UsageError } from '../errors.ts'
import { printRows } from './print-rows.ts'
import { createProgressBar } from './progress-bar.ts'
import { runCommand } from './run-command.ts'
import { scoreHere } from './score-here.ts'
import { wholeNumber } from './whole-number.ts'

/** How often a job is looked at that a server works on. */
const lookMs = 300
/** Failures that are shown at the end; all of them are in `score failures`. */
const shownFailures = 10
/** As a shell has it: ended by Ctrl-C. */
const interruptedCode = 130

interface ScoreOptions {
  all?: true
  driverIds?: string[]
  periodDays: number
  batchSize: number
  json?: true
}

/** `score`: many drivers scored anew. */
export const scoreCommand = (): Command =>
  new Command('score')
    .description('score many drivers anew, and price anew whose score of 30 days changed')
    .addHelpText(
      'before',
      `Examples:
  fairmile-cloud score --all
  fairmile-cloud score --driver-ids DRV-0001,DRV-0002 --period-days 90 --json
  fairmile-cloud score failures JOB-12                     who could not be scored, and why
  fairmile-cloud score cancel JOB-12
`,
    )
    .option('--all', 'every driver')
    .option('--driver-ids <ids>', 'these drivers, with commas between', driverIds)
    .option('--period-days <days>', 'days before the end of each one’s newest trip', wholeNumber, standardPeriodDays)
    .option('--batch-size <count>', 'drivers that are stored at a time', wholeNumber, 100)
    .option('--json', 'the job at its end, as one object')
    .addHelpText(
      'after',
      `
The job is recorded first. What a process that was ended has stored stays, and the same command goes on behind it; Ctrl-C
cancels the job after the batch under way, a second one ends the command alone. A server that is running works on the job
itself. The score that is shown and priced is of 30 days: those of other days are stored and in the trend of their period
alone (GET /api/v1/drivers/ID/trend?periodDays=DAYS). Exit codes: 0 done, 1 somebody could not be scored or the job was given up, 130 cancelled.`,
    )
    .action(score)
    .addCommand(failuresCommand())
    .addCommand(cancelCommand())

async function score({ all, driverIds: named, periodDays, batchSize, json }: ScoreOptions): Promise<void> {
  if ((all === undefined) === (named === undefined)) throw new UsageError('Scoring: give either --all or --driver-ids')
  const limits = RiskBatchBody.pick({ period_days: true, batch_size: true })
  const checked = limits.safeParse({ period_days: periodDays, batch_size: batchSize })
  if (!checked.success)
    throw new UsageError(
      `Scoring: ${checked.error.issues.map(({ path, message }) => `${path}: ${message}`).join('; ')}`,
    )
  const ask = { driverIds: named ?? null, periodDays, batchSize }
  const startMs = performance.now()
  const bar = createProgressBar()
  const draw = (job: RiskJob) => bar.draw({ done: job.done, total: job.total, words: wordsOf(job, startMs) })
  const interrupted = new AbortController()
  const interrupt = () => {
    if (interrupted.signal.aborted) process.exit(interruptedCode)
    interrupted.abort()
    bar.end()
    process.stderr.write('Cancelled after the batch under way; Ctrl-C once more ends the command, and the job stays.\n')
  }
  process.on('SIGINT', interrupt)
  try {
    const run = { ask, signal: interrupted.signal, progress: draw }
    const job = (await scoreHere(run)) ?? (await followServer(run))
    bar.end()
    await tell(job, startMs, json)
  } finally {
    process.off('SIGINT', interrupt)
  }
}

/** A server holds the database: it works on the job, and is asked how far it is. */
async function followServer({ ask, signal, progress }: Parameters<typeof scoreHere>[0]): Promise<RiskJob> {
  let job = await runCommand('score start', ask)
  process.stderr.write(`${job.id}: the server works on it.\n`)
  let asked = false
  while (job.endedAt === null) {
    await sleep(lookMs)
    if (signal.aborted && !asked) {
      asked = true
      await runCommand('score cancel', { job: job.id })
    }
    job = await runCommand('score show', { job: job.id })
    progress(job)
  }
  return job
}

async function tell(job: RiskJob, startMs: number, json: true | undefined): Promise<void> {
  if (json) process.stdout.write(`${JSON.stringify(job)}\n`)
  else process.stdout.write(`${job.id} ${job.state}: ${wordsOf(job, startMs)}\n`)
  if (job.failed > 0) {
    const shown = await runCommand('score failures', { job: job.id, limit: shownFailures })
    for (const { driverId, error } of shown) process.stderr.write(`${driverId}: ${error}\n`)
    if (job.failed > shown.length)
      process.stderr.write(`and ${job.failed - shown.length} more: fairmile-cloud score failures ${job.id}\n`)
  }
  if (job.error) process.stderr.write(`${job.error}\n`)
  if (job.state === 'cancelled') process.exitCode = interruptedCode
  else if (job.state !== 'done' || job.failed > 0) process.exitCode = 1
}

function wordsOf({ done, total, scored, unchanged, unscored, failed }: RiskJob, startMs: number): string {
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
  return `${done}/${total} drivers: ${scored} scored, ${unchanged} unchanged, ${unscored} without trips, ${failed} failed, ${seconds} s`
}

const failuresCommand = (): Command =>
  new Command('failures')
    .description('list the drivers of a job who could not be scored, and why')
    .argument('<job>', 'like JOB-12')
    .option('--limit <count>', 'at most so many', wholeNumber, 1000)
    .option('--json', 'an object a line')
    .action(async (job: string, { limit }: { limit: number }, command: Command) => {
      const rows = await runCommand('score failures', { job, limit })
      printRows(rows, { json: isJson(command), none: 'Nobody failed.' })
    })

const cancelCommand = (): Command =>
  new Command('cancel')
    .description('end a job after the batch under way; what is stored stays')
    .argument('<job>', 'like JOB-12')
    .option('--json', 'the job as one object')
    .action(async (id: string, _options: unknown, command: Command) => {
      const job = await runCommand('score cancel', { job: id })
      if (isJson(command)) process.stdout.write(`${JSON.stringify(job)}\n`)
      else process.stdout.write(`${job.id} ${job.state === 'running' ? 'ends after its batch' : job.state}.\n`)
    })

/** `--json` is an option of the command above too, which takes it first. */
const isJson = (command: Command): boolean => command.optsWithGlobals<{ json?: true }>().json === true

function driverIds(text: string): string[] {
  const ids = text.split(',').map((id) => id.trim())
  const wrong = ids.find((id) => !DriverId.safeParse(id).success)
  if (wrong !== undefined) throw new InvalidArgumentError(`"${wrong}" is no driver like DRV-0001.`)
  return ids
}
