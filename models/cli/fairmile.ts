import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Receipt } from '@fairmile/contract/receipt.ts'
import { Command } from 'commander'
import { sealOf } from '../src/pricing/receipt.ts'
import { type Verdict, verifyReceipt } from '../src/pricing/verify.ts'
import { findModel, readPlans, sha256 } from './artifacts.ts'

const artifacts = fileURLToPath(new URL('../artifacts', import.meta.url))
const plans = fileURLToPath(new URL('../plans', import.meta.url))

interface VerifyOptions {
  json?: true
  before: string[]
  artifacts: string
  plans: string
}

const program = new Command('fairmile').description('Checks what Fairmile charges.')

program
  .command('verify')
  .argument('<receipt>', 'a receipt as JSON; - for standard input')
  .summary('re-derive a premium from its receipt')
  .description(
    'Re-derives features, margin, relativity, discount and premium, by a published model and plan, and names the first step that differs.',
  )
  .option(
    '--before <receipts...>',
    'the receipts before, newest first: a premium is never less than the one before',
    [],
  )
  .option('--json', 'print the verdict as one JSON object; `unchecked` lists what was believed')
  .option('--artifacts <folder>', 'where the published models are, NAME/VERSION each', artifacts)
  .option('--plans <folder>', 'where the published plans are', plans)
  .addHelpText(
    'before',
    'Examples:\n  $ npx fairmile verify receipt.json\n  $ npx fairmile verify receipt.json --before previous.json\n  $ curl -s …/receipts/RCP-0123456789abcdef | npx fairmile verify - --json\n',
  )
  .addHelpText(
    'after',
    '\nExit codes: 0 the premium is right, 1 a step differs, 2 it could not be checked (also where the premium is that of\na receipt before, which was not given).',
  )
  .action(verify)

function verify(path: string, options: VerifyOptions): void {
  try {
    const receipt = readReceipt(path)
    const verdict = judge(receipt, options)
    console.log(options.json ? JSON.stringify({ receipt: receipt.id, ...verdict }) : sentence(receipt, verdict))
    process.exitCode = verdict.ok ? 0 : 'differs' in verdict ? 1 : 2
  } catch (error) {
    console.error(`fairmile verify: ${error instanceof Error ? error.message : error}`)
    process.exitCode = 2
  }
}

/** @throws Error where the receipt is whole but its model is not here */
function judge(receipt: Receipt, { artifacts: root, plans: folder, before: paths }: VerifyOptions): Verdict {
  const { modelHash } = receipt.model
  const model = findModel(root, modelHash)
  const before = paths.map(readReceipt)
  if (model) return verifyReceipt(receipt, { model, plans: readPlans(folder), before, hash: sha256 })
  if (sealOf(receipt, sha256) !== receipt.seal)
    return { ok: false, differs: { step: 'model hash', expected: 'that of a model which exists', found: modelHash } }
  throw new Error(
    `no artifact below "${root}" has the model ${modelHash}; get the release that has it, or name its folder with --artifacts`,
  )
}

function readReceipt(path: string): Receipt {
  const text = readFileSync(path === '-' ? 0 : path, 'utf8')
  const receipt = parse(text, path)
  if (typeof receipt?.model?.modelHash !== 'string')
    throw new Error(`reading "${path}": this JSON is no receipt, it has no model.modelHash`)
  return receipt
}

function parse(text: string, path: string): Receipt {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`reading "${path}": ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}

function sentence(receipt: Receipt, verdict: Verdict): string {
  if ('differs' in verdict) {
    const { step, expected, found } = verdict.differs
    return `differs: ${step}\n  expected ${show(expected)}\n  found    ${show(found)}`
  }
  const { id, before, trips } = receipt
  const premium = amount(receipt, receipt.premiumMinor)
  if (!verdict.ok)
    return `not checked: ${id}, all agrees but what it rests on: its ${premium} are those of a receipt before, ${verdict.needs}; add that one to --before`
  const notes = [`ok: ${id}, ${premium} for ${trips.length} trips, ${verdict.steps} checks agree`]
  if (verdict.unchecked.includes('before'))
    notes.push(
      `not checked: the receipt before, ${before?.receiptId}; it does not move this premium, and --before checks it`,
    )
  if (verdict.unchecked.includes('model'))
    notes.push('not checked: the model of a receipt before, which has another; verify that receipt by itself')
  return notes.join('\n')
}

function amount({ currency }: Receipt, minor: number): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

program.parse()
