import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { decodeEnvelope, type Envelope, encodeEnvelope } from '@fairmile/contract/envelope.ts'
import type { DeviceChain } from '@fairmile/contract/http/device-care.ts'
import { drain } from '../src/chaos/killed-agent.ts'
import { agentStatus } from '../src/start/agent-status.ts'
import { demoAccounts } from '../src/start/demo-accounts.ts'
import { provision } from '../src/start/provision.ts'
import { startCloud } from '../src/start/start-cloud.ts'
import { root, runTool } from './program.ts'

/** Seconds of driving that a boot stores before its power is cut, five batches. */
const seconds = 300
/** The cloud with its embedded parts, on ports of its own. */
const alone = { DATABASE_URL: '', MQTT_URL: '', REDIS_URL: '', MQTT_TLS_PORT: '0' }

/** Has a boot of the agent store seconds of driving, and cuts it off before it sends any. */
async function storeOffline(agentDir: string): Promise<void> {
  const backlog = join(root, 'agent/chaos/parts/backlog.ts')
  const child = spawn(process.execPath, [backlog, agentDir, 'mqtt://127.0.0.1:9', String(seconds), 'before'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'close')
}

/** Changes what the last batch says of itself, or flips a bit of the second, as a worn card does. */
function damage(agentDir: string, { last }: { last: Partial<Envelope> }): void {
  const db = new DatabaseSync(join(agentDir, 'outbox.sqlite'))
  const ofNewest = "FROM batches WHERE lane = 'telematics' AND boot = (SELECT max(boot) FROM boots) ORDER BY id"
  const rows = db.prepare(`SELECT id, bytes ${ofNewest}`).all() as { id: number; bytes: Uint8Array }[]
  assert.equal(rows.length, 5)
  const write = (row: { id: number }, bytes: Uint8Array) =>
    db.prepare('UPDATE batches SET bytes = ? WHERE id = ?').run(bytes, row.id)
  const flipped = Buffer.from(rows[1]!.bytes)
  flipped[flipped.length - 100]! ^= 1
  write(rows[1]!, flipped)
  write(rows[4]!, encodeEnvelope({ ...decodeEnvelope(rows[4]!.bytes), ...last }))
  db.close()
}

test('batches that are corrupt in the outbox become signed gaps of their own numbers, and the lane goes on', async (t) => {
  Object.assign(process.env, alone)
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-corrupt-'))
  const accounts = demoAccounts(folder)
  const cloud = await startCloud({ root, dataDir: folder, port: 0, accounts })
  t.after(async () => {
    await cloud.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const { claimCode } = await provision({ baseUrl: cloud.http, accounts, claimed: false })
  const agentDir = join(folder, 'agent')
  const agent = {
    ...{ root, agentDir, logFile: join(folder, 'agent.log') },
    env: {
      ...{ FAIRMILE_SCREEN: 'off', FAIRMILE_CLOUD_URL: cloud.http, MQTT_URL: cloud.mqtt },
      FAIRMILE_CLAIM_CODE: claimCode ?? '',
    },
  }
  await drain(agent)
  for (const last of [{ count: 1000 }, { firstSeq: 1_000_000 }]) {
    await storeOffline(agentDir)
    damage(agentDir, { last })
  }
  await drain(agent)
  const { device } = await agentStatus(root, agentDir)
  await cloud.stop()
  const told = runTool('cloud/bin/fairmile-cloud.mjs', ['devices', 'gaps', device!, '--all', '--json'], {
    FAIRMILE_DATA: join(folder, 'cloud'),
  })
  const chains = told
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as DeviceChain)
    .filter(({ lane }) => lane === 'telematics')
    .map(({ boot: _boot, ...chain }) => chain)
  const whole = { lane: 'telematics', ackedSeq: seconds, dropped: 120, rejected: 0, missing: [], openEnds: [] }
  assert.deepEqual(chains, [whole, whole])
})
