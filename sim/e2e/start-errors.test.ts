import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from './program.ts'

function start(...args: string[]): { status: number | null; stderr: string } {
  const dataDir = mkdtempSync(join(tmpdir(), 'fairmile-start-'))
  try {
    const main = join(root, 'sim/src/start/main.ts')
    return spawnSync(process.execPath, [main, '--data', dataDir, ...args], { encoding: 'utf8', cwd: root })
  } finally {
    rmSync(dataDir, { recursive: true })
  }
}

test('npm start says which port is in use and what to do', async (t) => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo
  const { status, stderr } = start('--port', String(port))
  assert.equal(status, 1)
  assert.match(stderr, new RegExp(`Port ${port} is in use[\\s\\S]*npm start -- --port ${port + 1}`))
  assert.doesNotMatch(stderr, /\n +at /)
})

test('npm start refuses what makes no sense, and a folder that is no recording', () => {
  assert.match(start('--speed', '3').stderr, /--speed needs --recording or --drives/)
  assert.match(start('--once').stderr, /--once needs/)
  assert.match(start('--port', 'eighty').stderr, /give a port, 0 to 65535/)
  const { status, stderr } = start('--recording', '/nowhere', '--port', '0')
  assert.equal(status, 1)
  assert.match(stderr, /Reading the recording "\/nowhere": drive\.json is missing/)
})
