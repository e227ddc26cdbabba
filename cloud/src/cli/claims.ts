import { createReadStream } from 'node:fs'
import { Command } from 'commander'
import { claimColumns, maxClaimsBytes } from '../claims/told-claim.ts'
import { messageOf, UsageError } from '../errors.ts'
import { printRows } from './print-rows.ts'
import { runCommand } from './run-command.ts'

/** `claims`: what the insurer's own system tells of them. */
export const claimsCommand = (): Command =>
  new Command('claims')
    .description('claims as your own system tells them: reports read them, no score and no price does')
    .addHelpText(
      'before',
      `Examples:
  fairmile-cloud claims import claims.csv
  fairmile-cloud claims import - --json < claims.csv
`,
    )
    .addCommand(
      new Command('import')
        .description('take in a file of claims: all of it, or nothing and what is wrong with it')
        .argument('<file>', `CSV, UTF-8, with the columns ${claimColumns.join(', ')}; - reads stdin`)
        .option('--json', 'one object with the counts and the problems')
        .addHelpText(
          'after',
          '\nA claim that is there already is replaced. Exit code 1: a row is wrong, nothing was stored.',
        )
        .action(importFile),
    )

async function importFile(file: string, { json }: { json?: boolean }): Promise<void> {
  const { problems, hasMore, added, replaced, unchanged } = await runCommand('claims import', {
    csv: await readText(file),
  })
  if (problems.length > 0) process.exitCode = 1
  if (json)
    return void process.stdout.write(`${JSON.stringify({ file, added, replaced, unchanged, problems, hasMore })}\n`)
  if (problems.length === 0) {
    const claims = added + replaced + unchanged
    process.stderr.write(`${file}: ${claims} claims, ${added} new, ${replaced} replaced, ${unchanged} unchanged.\n`)
    return
  }
  printRows(problems, { none: '' })
  const rest = hasMore ? '; there are more than these' : ''
  process.stderr.write(`${file}: nothing was stored. Put right what is wrong and import it again${rest}.\n`)
}

/** The text of a file; a byte order mark is no part of it. @throws {UsageError} where it cannot be read, is too long or is no UTF-8 */
async function readText(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readBytes(file))
  } catch (cause) {
    throw new UsageError(`Reading the claims "${file}": ${messageOf(cause)}`, { cause })
  }
}

/** Reads as it comes: who writes to stdin may be slower, which a synchronous read ends with. */
async function readBytes(file: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of file === '-' ? process.stdin : createReadStream(file)) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > maxClaimsBytes) throw new Error(`it has more than ${maxClaimsBytes} bytes: divide it`)
  }
  return Buffer.concat(chunks)
}
