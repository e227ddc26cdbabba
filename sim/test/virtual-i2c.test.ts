/** The real agent with the real i2c-bus reads a simulated MPU-6050 on /dev/i2c-1. */
import assert from 'node:assert/strict'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { ClaimedDevice } from '@fairmile/contract/http/devices.ts'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import { findCompiler, startVirtualI2c, type VirtualI2c } from '../src/virtual-i2c/virtual-i2c.ts'

const agent = fileURLToPath(new URL('../../agent/bin/fairmile-agent.mjs', import.meta.url))
const rateHz = 100
/** One step of the accelerometer at ±16 g. */
const stepMps2 = G_MPS2 / 2048
/** The samples count in the x axis, so that a lost or swapped one shows. */
const countTo = 1000

/** Feeds the chip in real time until stopped. */
function startCounting(chip: VirtualI2c): () => void {
  const startedMs = performance.now()
  let pushed = 0
  const timer = setInterval(() => {
    for (const due = ((performance.now() - startedMs) * rateHz) / 1000; pushed < due; pushed++)
      chip.push({ ax: (pushed % countTo) * stepMps2, ay: -2 * G_MPS2, az: G_MPS2, gx: 0, gy: 0.5, gz: -0.25 })
  }, 10)
  return () => clearInterval(timer)
}

interface Finding {
  name: string
  result: string
  detail: string
}

function imuFinding(env: NodeJS.ProcessEnv): Promise<Finding> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [agent, 'doctor', '--json'], { env }, (error, stdout, stderr) => {
      try {
        const { findings } = JSON.parse(stdout) as { findings: Finding[] }
        resolve(findings.find(({ name }) => name === 'imu') as Finding)
      } catch {
        reject(new Error(`the doctor said ${JSON.stringify(stdout)} and ${stderr}`, { cause: error }))
      }
    })
  })
}

/** Answers a claim as the cloud does; its broker is never there, as in a dead zone. */
async function startClaims(): Promise<{ url: string; close(): void }> {
  const claimed: ClaimedDevice = { deviceId: 'DEV-0001', mqttPassword: 'not-used', mqttUrl: 'mqtt://127.0.0.1:1' }
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(claimed))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

/** Resolves with the first line of the agent's log that matches. */
async function logLine(child: ChildProcess, wanted: RegExp): Promise<string> {
  const stderr = child.stderr
  if (stderr === null) throw new Error('the agent has no log')
  for await (const line of createInterface({ input: stderr })) if (wanted.test(line)) return line
  throw new Error(`the agent ended without a log line like ${wanted}`)
}

const skip = findCompiler() === null ? 'no C compiler on this machine (Debian: apt install gcc libc6-dev)' : false

describe('startVirtualI2c', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-agent-'))
  let chip: VirtualI2c
  let stopCounting: () => void
  let env: NodeJS.ProcessEnv
  before(() => {
    chip = startVirtualI2c({ rateHz })
    stopCounting = startCounting(chip)
    env = { ...process.env, ...chip.env, FAIRMILE_DATA: join(folder, 'data'), FAIRMILE_IMU: 'i2c:1' }
  })
  after(() => {
    stopCounting()
    chip.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('lets the doctor find the chip, and say what is wrong when it is gone or elsewhere', async () => {
    const found = await imuFinding(env)
    assert.equal(found.result, 'ok', found.detail)
    const elsewhere = await imuFinding({ ...env, FAIRMILE_IMU: 'i2c:1:0x69' })
    assert.equal(elsewhere.result, 'failed')
    assert.match(elsewhere.detail, /Remote I\/O error/)
  })

  test('brings every sample to the agent once and in order, again after the chip was unplugged', async () => {
    const claims = await startClaims()
    const recording = join(folder, 'recording')
    const child = spawn(process.execPath, [agent, 'run', '--record', recording], {
      env: { ...env, FAIRMILE_CLOUD_URL: claims.url, FAIRMILE_CLAIM_CODE: 'claim' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const exited = once(child, 'exit')
    try {
      const samples = () => readImu(join(recording, 'imu.csv'))
      await until(() => samples().length >= 200)
      const before = samples()
      assertCounting(before)

      const gone = logLine(child, /Remote I\/O error/)
      chip.setPresent(false)
      await gone
      chip.setPresent(true)
      const had = samples().length
      await until(() => samples().length >= had + 200)
      assertCounting(samples().slice(had))
    } finally {
      child.kill('SIGTERM')
      claims.close()
    }
    assert.deepEqual(await exited, [0, null])
  })
})

/** Waits until something holds; the test runner's time limit is the end of patience. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(50)
}

function readImu(path: string): number[][] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n').slice(1, -1)
  return lines.map((line) => line.split(',').map(Number))
}

function assertCounting(samples: number[][]): void {
  const [first] = samples
  assert.ok(first !== undefined)
  const start = Math.round((first[1] as number) / stepMps2)
  samples.forEach(([, ax, ay, az, gx, gy, gz], i) => {
    assert.equal(Math.round((ax as number) / stepMps2), (start + i) % countTo, `sample ${i}`)
    assert.deepEqual(
      [ay, az].map((value) => Math.round((value as number) / G_MPS2)),
      [-2, 1],
    )
    for (const [rate, expected] of [
      [gx, 0],
      [gy, 0.5],
      [gz, -0.25],
    ] as const)
      assert.ok(Math.abs((rate as number) - expected) < 0.001, `sample ${i}: ${rate} rad/s`)
  })
}
