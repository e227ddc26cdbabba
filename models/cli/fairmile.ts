import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Receipt } from '@fairmile/contract/receipt.ts'
import { Command } from 'commander'
import { sealOf } from '../src/pricing/receipt.ts'
import { type Verdict, verifyReceipt } from '../src/pricing/verify.ts'
import { findModel, sha256 } from './artifacts.ts'

const artifacts = fileURLToPath(new URL('../artifacts', import.meta.url))

const program = new Command('fairmile').description('Checks what Fairmile charges.')

program
  .command('verify')
  .argument('<receipt>', 'a receipt as JSON; - for standard input')
  .summary('re-derive a premium from its receipt')
  .description('Re-derives features, margin, relativity, discount and premium, and names the first step that differs.')
  .option('--json', 'print the verdict as one JSON object')
  .option('--artifacts <folder>', 'where the models are, NAME/VERSION each', artifacts)
  .addHelpText(
    'before',
    'Examples:\n  $ npx fairmile verify receipt.json\n  $ curl -s …/receipts/RCP-0123456789abcdef | npx fairmile verify - --json\n',
  )
  .addHelpText('after', '\nExit codes: 0 the premium is right, 1 a step differs, 2 it could not be checked.')
  .action(verify)

function verify(path: string, options: { json?: true; artifacts: string }): void {
  try {
    const receipt = readReceipt(path)
    const verdict = judge(receipt, options.artifacts)
    console.log(options.json ? JSON.stringify({ receipt: receipt.id, ...verdict }) : sentence(receipt, verdict))
    process.exitCode = verdict.ok ? 0 : 1
  } catch (error) {
    console.error(`fairmile verify: ${error instanceof Error ? error.message : error}`)
    process.exitCode = 2
  }
}

/** @throws Error where the receipt is whole but its model is not here */
function judge(receipt: Receipt, root: string): Verdict {
  const { modelHash } = receipt.model
  const model = findModel(root, modelHash)
  if (model) return verifyReceipt(receipt, { model, hash: sha256 })
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
  if (!verdict.ok) {
    const { step, expected, found } = verdict.differs
    return `differs: ${step}\n  expected ${show(expected)}\n  found    ${show(found)}`
  }
  const amount = new Intl.NumberFormat('en', { style: 'currency', currency: receipt.currency })
  const digits = amount.resolvedOptions().maximumFractionDigits ?? 2
  return `ok: ${receipt.id}, ${amount.format(receipt.premiumMinor / 10 ** digits)} for ${receipt.trips.length} trips, ${verdict.steps} checks agree`
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

program.parse()
