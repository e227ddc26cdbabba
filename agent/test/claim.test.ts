import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { StartError } from '../src/errors.ts'
import { type EnrolOptions, enrol } from '../src/keys/enrol.ts'
import { readIdentity } from '../src/keys/identity.ts'
import type { Log } from '../src/log.ts'

const claimed = { deviceId: 'DEV-7', mqttPassword: 'secret', mqttUrl: 'mqtt://127.0.0.1:1883' }
const quiet = { debug() {}, info() {}, warn() {}, error() {} } as unknown as Log

let folder: string
let server: Server
let asked: unknown[]
let answers: { status: number; body: object }[]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fairmile-claim-'))
  asked = []
  answers = []
  server = createServer(async (request, response) => {
    asked.push(JSON.parse(Buffer.concat(await request.toArray()).toString()))
    const { status, body } = answers.shift() ?? { status: 500, body: {} }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(() => {
  server.close()
  server.closeAllConnections()
  rmSync(folder, { recursive: true })
})

const options = (): EnrolOptions => {
  const address = server.address()
  const port = address && typeof address === 'object' ? address.port : 0
  return {
    folder,
    cloudUrl: `http://127.0.0.1:${port}`,
    claimCode: 'CODE-1',
    random: () => 0,
    signal: new AbortController().signal,
    log: quiet,
  }
}

describe('enrol', () => {
  it('tries again while the cloud is not well, with the same key, and keeps what it was given', async () => {
    answers = [
      { status: 503, body: {} },
      { status: 201, body: claimed },
    ]
    const device = await enrol(options())
    assert.deepEqual(device.claimed, claimed)
    assert.deepEqual(asked, Array(2).fill({ claimCode: 'CODE-1', publicKey: device.publicKey }))
    assert.deepEqual(readIdentity(folder), device)
    assert.deepEqual(await enrol({ ...options(), cloudUrl: null, claimCode: null }), device)
    assert.equal(asked.length, 2)
  })

  it('says why the code was refused and keeps its key for the next code', async () => {
    answers = [{ status: 404, body: { detail: 'This claim code is not known.' } }]
    await assert.rejects(
      enrol(options()),
      (error) => error instanceof StartError && /This claim code is not known.*new claim code/.test(error.message),
    )
    const { publicKey } = readIdentity(folder) ?? {}
    answers = [{ status: 201, body: claimed }]
    assert.equal((await enrol(options())).publicKey, publicKey)
  })

  it('refuses to replace keys that it cannot read, and does not show them', async () => {
    writeFileSync(join(folder, 'device.json'), '{"privateKey":"hush","publicKey":1}')
    await assert.rejects(
      enrol(options()),
      (error) => error instanceof StartError && error.code === 'bad_identity' && !error.message.includes('hush'),
    )
  })
})
