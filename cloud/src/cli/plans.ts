import { readFileSync } from 'node:fs'
import { ratingPlanSchema } from '@fairmile/contract/rating-plan-schema.ts'
import { checkRatingPlan, InvalidPlanError } from '@fairmile/models/pricing/rating-plan.ts'
import type { Simulation } from '@fairmile/models/pricing/simulation.ts'
import { Command } from 'commander'
import { messageOf, UsageError } from '../errors.ts'
import { type LostKey, lostKeys } from '../plans/lost-keys.ts'
import { askPassword } from './ask-password.ts'
import { printRows } from './print-rows.ts'
import { printSimulation } from './print-simulation.ts'
import { runCommand } from './run-command.ts'
import { simulateReceipts } from './simulate-receipts.ts'

interface Printed {
  json?: boolean
}
interface Acting {
  as: string
  note: string
}
interface Simulating extends Printed {
  jurisdiction?: string
  trips?: string
}

/** `plans`: rating plans from a file to an approved tariff. */
export const plansCommand = (): Command =>
  new Command('plans')
    .description('rating plans: validate, simulate, submit, approve')
    .addHelpText(
      'before',
      `Examples:
  fairmile-cloud plans validate plan.json
  fairmile-cloud plans simulate plan.json --jurisdiction DE
  fairmile-cloud plans submit plan.json --as ana@example.org --note "stretches in place of trips"
  fairmile-cloud plans simulate fairmile-3        # prints what it would do, and the plan's hash
  fairmile-cloud plans approve fairmile-3 --hash 9f86d0… --as bo@example.org --note "off-balance 0.99, seen" < password.txt
`,
    )
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(validateCommand())
    .addCommand(
      new Command('schema').description('print the JSON Schema of plans').action(() => {
        process.stdout.write(`${JSON.stringify(ratingPlanSchema(), null, 2)}\n`)
      }),
    )
    .addCommand(simulateCommand())
    .addCommand(submitCommand())
    .addCommand(approveCommand())
    .addCommand(withdrawCommand())

const listCommand = () =>
  new Command('list')
    .description('list them, the newest first')
    .option('--json', 'an object a line')
    .action(async (options: Printed) => {
      const rows = await runCommand('plans list', {})
      printRows(rows, { ...options, none: 'No plans yet: a server takes in those of its release when it starts.' })
    })

const showCommand = () =>
  new Command('show')
    .description('print a plan, its newest simulation and what was done with it, as JSON')
    .argument('<id>')
    .action(async (id: string) => {
      process.stdout.write(`${JSON.stringify(await runCommand('plans show', { id }), null, 2)}\n`)
    })

const validateCommand = () =>
  new Command('validate')
    .description('tell all that is wrong with a plan; needs no database')
    .argument('<file>', 'a plan as JSON; - reads stdin')
    .option('--json', 'one object with the problems')
    .action((file: string, { json }: Printed) => {
      const { plan, lost } = parsePlanFile(file)
      const problems = [...lost, ...problemsOf(plan)]
      if (json) process.stdout.write(`${JSON.stringify({ file, valid: problems.length === 0, problems })}\n`)
      else if (problems.length === 0) process.stderr.write(`${file}: a valid plan.\n`)
      else for (const { path, message } of problems) process.stdout.write(`${path || '(whole)'}: ${message}\n`)
      if (problems.length > 0) process.exitCode = 1
    })

const simulateCommand = () =>
  new Command('simulate')
    .description('price the portfolio by a plan, and tell what would change; of a submitted plan the result is kept')
    .argument('<plan>', 'a file, or the id of a submitted plan')
    .option('--jurisdiction <code>', 'of the policies that name none')
    .option('--trips <path>', 'a receipt, or a folder of receipts, in place of the database')
    .option('--json', 'one object with every policy')
    .action(async (which: string, { jurisdiction, trips, json }: Simulating) => {
      const assume = jurisdiction === undefined ? {} : { jurisdiction }
      const isId = /^[a-z0-9][a-z0-9-]{0,59}$/.test(which)
      if (isId && trips !== undefined)
        throw new UsageError(`Simulating "${which}" over files: give the plan as a file too`)
      const simulation: Simulation & { hash?: string } = isId
        ? await runCommand('plans simulate stored', { id: which, assume })
        : trips === undefined
          ? await runCommand('plans simulate', { plan: readPlanFile(which), assume })
          : await simulateReceipts({ plan: checkedPlan(which), path: trips, assume })
      if (json) process.stdout.write(`${JSON.stringify(simulation)}\n`)
      else printSimulation(simulation)
    })

/** A command that an admin is known by: the password is typed, or comes on stdin. */
const acting = (name: string) =>
  new Command(name)
    .requiredOption('--as <email>', 'the admin who acts; the password is asked for, or read from stdin')
    .requiredOption('--note <text>', 'why, for those who ask later')

const submitCommand = () =>
  acting('submit')
    .description('submit a plan as a draft, for another admin to approve')
    .argument('<file>', 'a plan as JSON')
    .action(async (file: string, { as: email, note }: Acting) => {
      const plan = readPlanFile(file)
      const password = await askPassword(email)
      const { id, hash } = await runCommand('plans submit', { plan, email, password, note })
      process.stderr.write(`${id} is a draft (${hash}): simulate it, then another admin may approve it.\n`)
    })

const approveCommand = () =>
  acting('approve')
    .description('approve a draft that was simulated; never by whom it was submitted')
    .argument('<id>')
    .option('--hash <sha256>', 'of the plan that was looked at, as `plans simulate` and `plans list` print it')
    .action(async (id: string, { as: email, note, hash }: Acting & { hash?: string }) => {
      if (hash === undefined)
        throw new UsageError(
          `Approving "${id}": say with --hash which plan you looked at; "fairmile-cloud plans simulate ${id}" and "plans list" print it`,
        )
      const password = await askPassword(email)
      await runCommand('plans approve', { id, hash, email, password, note })
      process.stderr.write(`${id} is approved (${hash}): policies may be written under it.\n`)
    })

const withdrawCommand = () =>
  acting('withdraw')
    .description('take no new policies under a plan; those there are go on')
    .argument('<id>')
    .action(async (id: string, { as: email, note }: Acting) => {
      await runCommand('plans withdraw', { id, email, password: await askPassword(email), note })
      process.stderr.write(`${id} is withdrawn.\n`)
    })

function readPlanFile(file: string): Record<string, unknown> {
  const { plan, lost } = parsePlanFile(file)
  const [first] = lost
  if (first) throw new UsageError(`Reading the plan "${file}": ${first.path}: ${first.message}`)
  return plan
}

/** A plan as its file has it, and the keys of which one would silently be lost. */
function parsePlanFile(file: string): { plan: Record<string, unknown>; lost: LostKey[] } {
  try {
    const text = readFileSync(file === '-' ? 0 : file, 'utf8')
    const plan: unknown = JSON.parse(text)
    if (typeof plan !== 'object' || plan === null || Array.isArray(plan)) throw new Error('it is no JSON object')
    return { plan: plan as Record<string, unknown>, lost: lostKeys(text) }
  } catch (cause) {
    throw new UsageError(`Reading the plan "${file}": ${messageOf(cause)}`, { cause })
  }
}

function problemsOf(plan: unknown): InvalidPlanError['problems'] {
  try {
    checkRatingPlan(plan)
    return []
  } catch (error) {
    if (error instanceof InvalidPlanError) return error.problems
    throw error
  }
}

function checkedPlan(file: string) {
  try {
    return checkRatingPlan(readPlanFile(file))
  } catch (error) {
    throw error instanceof InvalidPlanError ? new UsageError(error.message, { cause: error }) : error
  }
}
