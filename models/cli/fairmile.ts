import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { IssuerKey, Receipt } from '@fairmile/contract/receipt.ts'
import { Command, InvalidArgumentError } from 'commander'
import { ledgerShownBy } from '../src/pricing/ledger-before.ts'
import type { Verdict } from '../src/pricing/verify.ts'
import { findModel, readPlans, readThresholds } from './artifacts.ts'
import { parseKeys, readProof, readReceipt } from './believed-files.ts'
import { checkText } from './check-text.ts'

const artifacts = fileURLToPath(new URL('../artifacts', import.meta.url))
const plans = fileURLToPath(new URL('../plans', import.meta.url))
const thresholds = fileURLToPath(new URL('../thresholds', import.meta.url))

interface VerifyOptions {
  json?: true
  before: string[]
  keys?: string
  from?: string
  proof?: string
  artifacts: string
  plans: string
  thresholds: string
}

// 1 says that a premium is wrong: a call that cannot be understood says nothing of one.
const program = new Command('fairmile')
  .description('Checks what Fairmile charges.')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))

program
  .command('verify')
  .showHelpAfterError(
    'Expected: npx fairmile verify RECEIPT.json, or - in place of the file for standard input; --help tells the options.',
  )
  .argument('<receipt>', 'a receipt as JSON; - for standard input')
  .summary('re-derive a premium from its receipt')
  .description(
    'Re-derives features, margin, relativity, discount and premium, by a published model and plan, and names the first step that differs.',
  )
  .option(
    '--before <receipts...>',
    'the receipts before: newest first, or of the second format, in any order, all that there are of its policy and of the one that it goes on from; one that was left out shows only when it is given',
    [],
  )
  .option('--keys <file>', 'the published keys, as a file: who issued the receipt is checked offline')
  .option('--from <url>', 'a service that publishes its keys, such as https://fairmile.example', asAddress)
  .option(
    '--proof <file>',
    "the proof that the receipt is in its day's tree, as the service gives it; with --keys or --from",
  )
  .option('--json', 'print the verdict as one JSON object; `unchecked` lists what was believed')
  .option('--artifacts <folder>', 'where the published models are, NAME/VERSION each', artifacts)
  .option('--plans <folder>', 'where the published plans are', plans)
  .option('--thresholds <folder>', 'where the published tables of event thresholds are', thresholds)
  .addHelpText(
    'before',
    'Examples:\n  $ npx fairmile verify receipt.json\n  $ npx fairmile verify receipt.json --keys keys.json --proof proof.json\n  $ npx fairmile verify receipt.json --before previous.json\n  $ curl -s …/receipts/RCP-0123456789abcdef | npx fairmile verify - --json\n',
  )
  .addHelpText(
    'after',
    '\nExit codes: 0 the premium is right, 1 a step or a byte differs, 2 it could not be checked (also where the premium is that of\na receipt before, which was not given, or where keys are given and nobody signed it), or the command is not a right one.',
  )
  .action(verify)

async function verify(path: string, options: VerifyOptions): Promise<void> {
  try {
    const keys = await keysOf(options)
    const proof = options.proof === undefined ? undefined : readProof(options.proof)
    if (proof && keys === null)
      throw new Error(
        "--proof needs --keys FILE or --from URL: without the published keys the root of its day may be anyone's",
      )
    const { receipt, verdict } = checkText(readFileSync(path === '-' ? 0 : path), {
      findModel: (modelHash) => findModel(options.artifacts, modelHash),
      plans: readPlans(options.plans),
      thresholds: readThresholds(options.thresholds),
      before: options.before.map(readReceipt),
      keys,
      proof,
    })
    const told = { ...verdict, ...(proof && verdict.ok && { proof: 'included' }) }
    console.log(
      options.json ? JSON.stringify({ receipt: receipt?.id ?? null, ...told }) : sentence(receipt, verdict, options),
    )
    process.exitCode = verdict.ok ? 0 : 'differs' in verdict ? 1 : 2
  } catch (error) {
    console.error(`fairmile verify: ${error instanceof Error ? error.message : error}`)
    process.exitCode = 2
  }
}

function asAddress(text: string): string {
  if (URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)) return text
  throw new InvalidArgumentError('It must be a whole address, such as https://fairmile.example.')
}

/** The published keys, from a file or a service; null where neither is named. */
async function keysOf({ keys: file, from }: VerifyOptions): Promise<IssuerKey[] | null> {
  if (file === undefined && from === undefined) return null
  const source = file ?? new URL('/.well-known/fairmile-receipt-keys.json', from).href
  const text = file === undefined ? await textOf(source) : readFileSync(file, 'utf8')
  return parseKeys(text, source)
}

async function textOf(url: string): Promise<string> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch((error: unknown) => {
    throw new Error(
      `reading "${url}": ${reasonOf(error)}. Check the address, or give the keys as a file with --keys.`,
      {
        cause: error,
      },
    )
  })
  if (!answer.ok) throw new Error(`reading "${url}": it answers ${answer.status}`)
  return answer.text()
}

/** Why nothing answered: of a failed fetch its cause says more. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'no answer within 10 s'
  const { cause } = error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return `no answer (${code || (cause instanceof Error && cause.message) || error.message})`
}

function sentence(receipt: Receipt | null, verdict: Verdict, { proof }: VerifyOptions): string {
  if ('differs' in verdict) {
    const { step, expected, found } = verdict.differs
    const hint = step.startsWith('text ')
      ? '\nWhat the receipt says is right, but the file is not byte for byte what was issued. Download it anew, and check it before any program saves it again.'
      : ''
    return `differs: ${step}\n  expected ${show(expected)}\n  found    ${show(found)}${hint}`
  }
  if (!receipt) return 'not checked: there is no receipt'
  const { id, trips } = receipt
  const premium = amount(receipt, receipt.premiumMinor)
  if (!verdict.ok && 'unsigned' in verdict)
    return `not checked: ${id}, all agrees, but nobody signed it: receipts of the first format are not signed, and anyone can make one; leave out --keys and --from to check its arithmetic alone`
  if (!verdict.ok)
    return `not checked: ${id}, all agrees but what it rests on: its ${premium} are those of a receipt before, ${verdict.needs}; add that one to --before`
  const notes = [
    `ok: ${id}, ${premium} for ${trips.length} ${trips.length === 1 ? 'trip' : 'trips'}, ${verdict.steps} checks agree`,
  ]
  if (receipt.format === 'fairmile-receipt/1' && verdict.unchecked.includes('before'))
    notes.push(
      `not checked: the receipt before, ${receipt.before?.receiptId}; it does not move this premium, and --before checks it`,
    )
  if (verdict.unchecked.includes('issuer'))
    notes.push(
      receipt.format === 'fairmile-receipt/1'
        ? 'not checked: who issued it; receipts of the first format are not signed'
        : 'not checked: who issued it; it is signed, and --keys FILE or --from URL tells whether by a published key',
    )
  if (receipt.format === 'fairmile-receipt/2' && verdict.unchecked.includes('carried'))
    notes.push(
      `not checked: the relativity of the term before, ${receipt.carried?.receiptId}; its signed receipt as --before checks it`,
    )
  if (verdict.unchecked.includes('renewed'))
    notes.push(
      `not checked: the factors of the term before, ${receipt.renewedFrom?.receiptId}; its signed receipt as --before checks them`,
    )
  if (receipt.format === 'fairmile-receipt/2' && verdict.unchecked.includes('endorsed'))
    notes.push(
      receipt.endorsementOf?.factors
        ? `not checked: the fees and factors before the policy was changed, ${receipt.endorsementOf.factors.receiptId}; its signed receipt as --before checks them`
        : `not checked: the fees before the policy was changed; the newest signed receipt of ${receipt.endorsementOf?.policyId} as --before checks them`,
    )
  if (verdict.unchecked.includes('thresholds'))
    notes.push(
      'not checked: by which thresholds some of its trips were judged; their tables are not here, and --thresholds FOLDER takes others',
    )
  if (receipt.format === 'fairmile-receipt/2' && verdict.unchecked.includes('ledger'))
    notes.push(
      `not checked: the entries of the ledger before, as receipt ${ledgerShownBy(receipt)} left them; that one as --before checks them`,
    )
  if (receipt.format === 'fairmile-receipt/2' && verdict.unchecked.includes('arithmetic'))
    notes.push(
      `not checked: that it was due by rule ${receipt.arithmetic ?? 1} of the arithmetic; rule 3 is the newest, and nothing shows that its service knew no other on ${dayOf(receipt)}`,
    )
  if (proof !== undefined)
    notes.push("in its day's tree: it was issued as it is, and is counted with all others of that day")
  if (verdict.unchecked.includes('model'))
    notes.push('not checked: the model of a receipt before, which has another; verify that receipt by itself')
  return notes.join('\n')
}

const dayOf = ({ issuedAt }: Receipt): string => new Date(issuedAt).toISOString().slice(0, 10)

function amount({ currency }: Receipt, minor: number): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

await program.parseAsync()
