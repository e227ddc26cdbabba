import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { prepareData } from './engines.ts'

const cli = fileURLToPath(new URL('../bin/fairmile-cloud.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'fairmile-control-'))
const data = join(folder, 'data')
const socket = join(data, 'control.sock')
const passwordFile = join(folder, 'password')
const { NODE_COMPILE_CACHE } = process.env
const env = {
  ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }),
  ...{ PATH: process.env.PATH, PORT: '0', MQTT_PORT: '0', FAIRMILE_DATA: data, FAIRMILE_LOG_LEVEL: 'error' },
  ...{ FAIRMILE_ADMIN_EMAIL: 'first@fairmile.example', FAIRMILE_ADMIN_PASSWORD_FILE: passwordFile },
}
const children = new Set<ChildProcess>()

function start(...args: string[]) {
  const child = spawn(process.execPath, [cli, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] })
  children.add(child)
  const exit = once(child, 'exit').then(([code]) => code as number | null)
  return { child, exit, stdout: child.stdout, stderr: text(child.stderr) }
}

async function run(args: string[], input = '') {
  const { child, exit, stdout, stderr } = start(...args)
  child.stdin.end(input)
  return { stdout: await text(stdout), stderr: await stderr, code: await exit }
}

/** What the server answers to bytes that are no command's, until it hangs up. */
async function send(bytes: string): Promise<string> {
  const connection = connect(socket)
  connection.on('error', () => {})
  const closed = new Promise((resolve) => connection.once('close', resolve))
  connection.write(bytes)
  let reply = ''
  connection.setEncoding('utf8').on('data', (chunk) => {
    reply += chunk
  })
  await closed
  return reply
}

const lists = [
  ['users', 'list', '--json'],
  ['devices', 'list'],
  ['reports', 'list', '--json'],
  ['devices', 'log', 'DEV-NONE', '--json'],
  ['devices', 'gaps', 'DEV-NONE'],
  ['dead-letters', 'list', '--limit', '5', '--waiting'],
  ['schemas', 'list', 'fairmile.trips'],
  ['partitions', 'list', '--json'],
  ['registry', 'list', '--changes'],
  ['registry', 'agreement', '--json'],
]
const wrong = [
  ['dead-letters', 'deliveries', 'replay', 'nosuch'],
  ['dead-letters', 'deliveries', 'replay', 'pricing', 'abc'],
  ['broker', 'mosquitto', '--out', '/proc/nope'],
  ['users', 'list', '--wrong'],
  ['dead-letters', 'list', '--limit', '0'],
  ['dead-letters', 'list', '--limit', '1e1'],
  ['dead-letters', 'replay'],
  ['schemas', 'register', 'fairmile.trips', passwordFile],
  ['partitions', 'create', '2026-13'],
  ['registry', 'stage', 'driver-risk', '9.9.9', 'shadow', '--note', 'there is none'],
  ['users', 'add-admin', 'second@fairmile.example', '--name', 'Second', '--password-file', passwordFile],
]
/** Of what is not there. */
const failing = [
  ['dead-letters', 'replay', '--id', '999'],
  ['dead-letters', 'deliveries', 'replay', 'pricing', '999'],
  ['notifications', 'replay', '999'],
]
const runAll = async () => {
  const results = []
  for (const args of [...lists, ...failing, ...wrong]) results.push({ args, ...(await run(args)) })
  return results
}

describe('fairmile-cloud beside a server with the embedded database', () => {
  let server: ReturnType<typeof start>

  before(async () => {
    writeFileSync(passwordFile, 'a password for the tests\n')
    await prepareData(data)
    writeFileSync(socket, 'left by a server that was killed')
    server = start('serve')
    await once(createInterface(server.stdout), 'line')
  })
  after(() => {
    for (const child of children) child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  it('opens its socket to its owner alone', () => {
    assert.ok(statSync(socket).isSocket())
    assert.equal(statSync(socket).mode & 0o777, 0o600)
  })

  it('has begun anew with what bounds its memory, in the same process', { skip: !existsSync('/proc/self') }, () => {
    const flags = readFileSync(`/proc/${server.child.pid}/cmdline`, 'utf8').split('\0')
    assert.ok(flags.includes('--max-semi-space-size=16') && flags.includes('--expose-gc'), flags.join(' '))
    assert.match(readFileSync(`/proc/${server.child.pid}/environ`, 'utf8'), /MALLOC_ARENA_MAX=2/)
  })

  it('changes the database through the server; a password comes from stdin', async () => {
    const args = ['users', 'add-admin', 'Second@fairmile.example', '--name', 'Second', '--password-file', '-']
    const added = await run(args, 'another password for the tests\n')
    assert.deepEqual(added, { stdout: '', stderr: 'second@fairmile.example can log in as an admin.\n', code: 0 })
    assert.equal((await run(['partitions', 'create', '2026-03'])).code, 0)
    assert.match((await run(['partitions', 'list'])).stdout, /telematics_events_2026_03/)
  })

  it('writes the files of a Mosquitto, and says until when they hold', async () => {
    const { stdout, stderr, code } = await run(['broker', 'mosquitto', '--out', join(folder, 'mosquitto'), '--json'])
    assert.equal(code, 0)
    const { config, serverUntil, authorityUntil } = JSON.parse(stdout)
    assert.ok(existsSync(config))
    const [day, last] = [serverUntil, authorityUntil].map((text) => new Date(text).toISOString().slice(0, 10))
    assert.match(stderr, new RegExp(`holds until ${day}, .* until ${last}\\. Run this again before ${day}`))
  })

  it('refuses a second server, and a migration', async () => {
    const holder = new RegExp(`in use by process ${server.child.pid}, started 20`)
    for (const args of [['serve'], ['migrate']]) {
      const { code, stdout, stderr } = await run(args)
      assert.deepEqual([code, stdout], [2, ''])
      assert.match(stderr, holder)
    }
    assert.match((await run(['migrate'])).stderr, /does not go through a running server/)
  })

  it('refuses what is no command, and goes on', async () => {
    for (const line of ['garbage', '{}', '[1]', '{"command":"users list"', '{"command":"users list","input":{"a":1}}'])
      assert.match(await send(`${line}\n`), /^\{"error":\{"message":".+","usage":true\}\}\n$/)
    for (const command of ['migrate', 'serve', 'toString'])
      assert.match(await send(`${JSON.stringify({ command, input: {} })}\n`), /there is no such command/)
    assert.match(await send('x'.repeat(32 * 1024 * 1024 + 1)), /longer than 33554432 bytes/)
    await send('x'.repeat(64 * 1024 * 1024))
    assert.equal((await run(['users', 'list'])).code, 0)
  })

  it('prints and exits the same with a server and without, and stops while somebody is silent on the socket', async () => {
    const through = await runAll()
    assert.deepEqual(
      through.map(({ code }) => code),
      [...lists.map(() => 0), ...failing.map(() => 1), ...wrong.map(() => 2)],
    )
    for (const { args, stderr } of through.slice(lists.length)) assert.notEqual(stderr, '', args.join(' '))
    assert.match(through[0]?.stdout ?? '', /first@fairmile\.example/)
    const stages = through.find(({ args }) => args.includes('--changes'))
    assert.match(stages?.stdout ?? '', /live +\S+ +start +came with this release/)

    const silent = connect(socket)
    await once(silent, 'connect')
    const hungUp = once(silent, 'close')
    server.child.kill('SIGTERM')
    assert.equal(await server.exit, 0)
    await hungUp
    assert.equal(existsSync(socket), false)
    assert.deepEqual(await runAll(), through)
  })
})
