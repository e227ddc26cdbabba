import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import { ackSchema, parseMessage } from '@fairmile/contract/messages.ts'
import { deviceSubscription } from '@fairmile/contract/topics.ts'
import { connectAsync } from 'mqtt'
import { laneOf } from './devices.ts'
import { prepareData } from './engines.ts'

const cli = fileURLToPath(new URL('../bin/fairmile-cloud.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'fairmile-serve-'))
const children = new Set<ChildProcess>()
after(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const admin = { email: 'admin@fairmile.example', password: 'a password for the tests' }
await prepareData(join(folder, 'data'))
const passwordFile = join(folder, 'password')
writeFileSync(passwordFile, `${admin.password}\n`)
const { NODE_COMPILE_CACHE } = process.env
const base = {
  ...{
    PATH: process.env.PATH,
    ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }),
    PORT: '0',
    MQTT_PORT: '0',
    FAIRMILE_DATA: join(folder, 'data'),
    FAIRMILE_LOG_LEVEL: 'error',
  },
  ...{ FAIRMILE_ADMIN_EMAIL: admin.email, FAIRMILE_ADMIN_PASSWORD_FILE: passwordFile },
}

function run(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [cli, ...args], { env: { ...base, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  children.add(child)
  const exit = once(child, 'exit').then(([code]) => code as number | null)
  return { child, exit, stdout: child.stdout, stderr: text(child.stderr) }
}

/** Runs a command to its end. */
async function done(args: string[], env: Record<string, string> = {}) {
  const { exit, stdout, stderr } = run(args, env)
  return { stdout: await text(stdout), stderr: await stderr, code: await exit }
}

async function serve() {
  const service = run(['serve'])
  const [line] = await once(createInterface(service.stdout), 'line')
  return { ...service, ready: JSON.parse(String(line)) as { ready: true; http: string; mqtt: string } }
}

/** Talks with the service as an admin. */
async function logIn(http: string) {
  const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${http}/api/v1/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    assert.ok(response.ok, `${path}: ${response.status} ${await response.clone().text()}`)
    return (await response.json()) as Record<string, string>
  }
  const { accessToken } = await post('auth/login', admin)
  const headers = { authorization: `Bearer ${accessToken}` }
  return (path: string, body: object) => post(path, body, headers)
}

describe('fairmile-cloud serve', () => {
  it('takes a device from its claim to the ack of its log and to its revocation, keeps others out, and stops cleanly', async () => {
    const { ready, child, exit } = await serve()
    const post = await logIn(ready.http)
    const driver = await post('drivers', {
      name: 'Dora',
      email: 'dora@fairmile.example',
      password: 'another password of hers',
    })
    const term = { startsOn: '2026-01-01', endsOn: '2026-12-31' }
    const policy = await post('policies', {
      driverId: driver.id,
      vehicle: { name: 'Car' },
      planId: 'fairmile-1',
      ...term,
    })
    const { claimCode = '' } = await post('devices', { policyId: policy.id })
    const keys = generateKeyPair()
    const claimed = await post('devices/claim', { claimCode, publicKey: keys.publicKey })
    const { deviceId = '', mqttPassword = '', mqttUrl = '' } = claimed
    assert.equal(mqttUrl, ready.mqtt)

    const login = { clientId: deviceId, username: deviceId, password: mqttPassword, reconnectPeriod: 0 }
    const device = await connectAsync(mqttUrl, login, false)
    await device.subscribeAsync(deviceSubscription(deviceId), { qos: 1 })
    const told = new Promise<Buffer>((resolve) => device.once('message', (_topic, payload) => resolve(payload)))
    const own = { id: deviceId, keys, driverId: '', vehicleId: '', policyId: '', password: '' }
    const { message } = laneOf(own, 'telematics').sealEvents(60)
    await device.publishAsync(message.topic, message.payload, { qos: 1 })
    assert.deepEqual(parseMessage(ackSchema, await told), { boot: 1, lane: 'telematics', upTo: 60, rejected: [] })

    const cut = new Promise<void>((resolve) => device.once('close', resolve))
    assert.equal((await done(['devices', 'revoke', deviceId])).code, 0)
    await cut

    const second = await done(['serve'])
    assert.equal(second.code, 2)
    assert.match(second.stderr, new RegExp(`in use by process ${child.pid}, started 20`))
    assert.match(second.stderr, /use its HTTP API \(described at \/docs\) or stop it/)
    assert.equal(second.stdout, '')

    child.kill('SIGTERM')
    assert.equal(await exit, 0)
    device.end(true)

    const listed = await done(['devices', 'list', '--json'])
    assert.deepEqual([listed.code, JSON.parse(listed.stdout).id], [0, deviceId])
    const partitions = await done(['partitions', 'list', '--json'])
    assert.ok(partitions.stdout.includes('"month":"2026-06"'))
  })

  it('lists every problem of a bad configuration and exits with 2', async () => {
    const { code, stderr, stdout } = await done(['serve'], {
      PORT: 'eighty',
      DATABASE_URL: 'sqlite:x',
      MQTT_URL: 'nowhere',
    })
    assert.deepEqual([code, stdout], [2, ''])
    for (const name of ['PORT', 'DATABASE_URL', 'MQTT_URL']) assert.match(stderr, new RegExp(`- ${name} must`))
  })

  it('ends at once on SIGTERM while it waits for a broker or a database that never answers', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const address = silent.address()
    assert.ok(address && typeof address === 'object')
    for (const [name, url] of [
      ['MQTT_URL', `mqtt://127.0.0.1:${address.port}`],
      ['DATABASE_URL', `postgres://postgres@127.0.0.1:${address.port}/fairmile`],
    ] as const) {
      const asked = once(silent, 'connection')
      const { child, exit, stderr } = run(['serve'], { [name]: url, FAIRMILE_LOG_LEVEL: 'info' })
      const [socket] = (await asked) as [Socket]
      socket.on('error', () => undefined).resume()
      const closed = once(socket, 'close')
      child.kill('SIGTERM')
      assert.equal(await exit, 0)
      await closed
      const log = await stderr
      assert.match(log, /stopped while it started/)
      assert.doesNotMatch(log, /timeout|too long/i)
    }
    silent.close()
  })

  it('says which port is in use, and leaves nothing running', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const address = taken.address()
    assert.ok(address && typeof address === 'object')
    for (const name of ['PORT', 'MQTT_PORT']) {
      const { code, stderr, stdout } = await done(['serve'], { [name]: String(address.port) })
      assert.deepEqual([code, stdout], [2, ''])
      assert.match(stderr, new RegExp(`127\\.0\\.0\\.1:${address.port}.*set ${name}\\b`))
    }
    taken.close()
  })
})

describe('fairmile-cloud', () => {
  const env = { FAIRMILE_DATA: join(folder, 'other') }

  it('says what to do with a database that has no tables', async () => {
    const { code, stderr } = await done(['dead-letters', 'list'], env)
    assert.equal(code, 2)
    assert.match(stderr, /fairmile-cloud migrate/)
  })

  it('migrates, makes partitions and adds an admin, without a server', async () => {
    const migrated = await done(['migrate', '--json'], env)
    assert.match(migrated.stdout, /^\{"migration":"0001_devices\.sql"\}\n/)
    assert.equal((await done(['partitions', 'create', '2026-03'], env)).code, 0)
    assert.match((await done(['partitions', 'list'], env)).stdout, /telematics_events_2026_03/)
    const args = ['users', 'add-admin', 'Boss@fairmile.example', '--name', 'Boss', '--password-file', passwordFile]
    assert.equal((await done(args, env)).code, 0)
    assert.equal((await done(args, env)).code, 2)
    const user = JSON.parse((await done(['users', 'list', '--json'], env)).stdout)
    assert.deepEqual([user.email, user.role], ['boss@fairmile.example', 'admin'])
  })
})
