import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import type { TestEvent } from 'node:test/reporters'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const noted = fileURLToPath(new URL('../node_modules/.cache/failed-tests.txt', import.meta.url))

/** Has every `node --test` below this process note what fails, beside its report. */
export function noteFailedTests(): void {
  mkdirSync(dirname(noted), { recursive: true })
  rmSync(noted, { force: true })
  const reporters = ['spec', import.meta.url].flatMap((reporter) => [
    `--test-reporter=${reporter}`,
    '--test-reporter-destination=stdout',
  ])
  process.env.NODE_OPTIONS = [process.env.NODE_OPTIONS, ...reporters].filter(Boolean).join(' ')
}

/** Names what failed in the last lines of the output: the reports are thousands of lines up. */
export function tellFailedTests(): void {
  if (existsSync(noted)) process.stderr.write(readFileSync(noted))
}

/** The reporter: one line for each test that failed itself, printed and noted. */
export default async function* tellFailure(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of events) {
    if (event.type !== 'test:fail') continue
    const { details, file = root, line, name } = event.data
    const error: Error & { failureType?: string } = details.error
    if (error.failureType === 'subtestsFailed') continue
    const { message } = error.cause instanceof Error ? error.cause : error
    const failure = `FAILED ${relative(root, file)}:${line ?? 1} ${name}: ${message.split('\n')[0]}\n`
    appendFileSync(noted, failure)
    yield failure
  }
}
