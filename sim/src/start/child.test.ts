import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { startChild } from './child.ts'

function startScript(t: TestContext, script: string, onLine?: (line: string) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-child-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const logFile = join(folder, 'logs/child.log')
  const args = ['-e', script]
  return {
    logFile,
    child: startChild({ name: 'child', args, env: { GREETING: 'hello' }, logFile, ...(onLine && { onLine }) }),
  }
}

test('startChild tells each line of stdout and keeps it in the log', async (t) => {
  const line = Promise.withResolvers<string>()
  const { child, logFile } = startScript(
    t,
    'console.log(process.env.GREETING); setInterval(() => {}, 1000)',
    line.resolve,
  )
  assert.equal(await line.promise, 'hello')
  await child.stop()
  await child.stop()
  assert.match(readFileSync(logFile, 'utf8'), /hello/)
})

test('startChild rejects with the end of the log when the program ends by itself', async (t) => {
  const { child } = startScript(t, 'console.error("the disk is on fire"); process.exitCode = 3')
  await assert.rejects(child.failed, /child ended \(exit code 3\)[\s\S]*the disk is on fire/)
})
