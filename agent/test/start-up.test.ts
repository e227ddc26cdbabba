import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import { readConfig } from '../src/config.ts'
import { saveIdentity } from '../src/keys/identity.ts'
import { createLog } from '../src/log.ts'
import { type RunOptions, runAgent } from '../src/main.ts'
import { takeLock } from '../src/outbox/lock.ts'

/** A claimed device and what runs it. */
function device(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-start-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const data = join(folder, 'data')
  saveIdentity(data, {
    ...generateKeyPair(),
    claimed: { deviceId: 'DEV-1', mqttPassword: 'secret', mqttUrl: 'mqtt://127.0.0.1:9' },
  })
  const options = (env: Record<string, string> = {}): RunOptions => ({
    config: readConfig({ FAIRMILE_DATA: data, ...env }),
    clockRate: 1,
    once: false,
    recordFolder: null,
    forgetMount: false,
    signal: new AbortController().signal,
    log: createLog({ level: 'silent' }),
  })
  return { folder, options, lock: join(data, 'outbox.lock') }
}

test('runAgent closes what it opened when the recording cannot be read', async (t) => {
  const { folder, options, lock } = device(t)
  await assert.rejects(runAgent(options({ FAIRMILE_RECORDING: join(folder, 'none') })), /none/)
  takeLock(lock)()
})

test('runAgent closes what it opened when it cannot record', async (t) => {
  const { folder, options, lock } = device(t)
  const file = join(folder, 'file')
  writeFileSync(file, '')
  await assert.rejects(runAgent({ ...options(), recordFolder: join(file, 'in') }), /ENOTDIR/)
  takeLock(lock)()
})

test('runAgent ends at once where it is stopped while it starts', async (t) => {
  const { options, lock } = device(t)
  const stop = new AbortController()
  const running = runAgent({ ...options(), signal: stop.signal })
  stop.abort()
  await assert.rejects(running, { name: 'AbortError' })
  takeLock(lock)()
})
