/** Compiles the C reference implementation for this machine and checks it with the vectors of the TypeScript codec. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Message, selfTests } from '../src/messages.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'fairmile-firmware-'))
after(() => rmSync(folder, { recursive: true }))

const compiler = ['gcc', 'cc'].find((name) => spawnSync(name, ['--version']).status === 0)
const skip = compiler === undefined ? 'no C compiler on this machine (Debian: apt install gcc)' : false
const read = <T>(name: string): T[] => JSON.parse(readFileSync(join(root, 'vectors', `${name}.json`), 'utf8'))

function build(): string {
  const runner = join(folder, 'host_runner')
  const strict = ['-std=c99', '-Wall', '-Wextra', '-Wpedantic', '-Wconversion', '-Werror', '-O1']
  const sources = ['fairmile_bridge.c', 'host_runner.c'].map((file) => join(root, 'firmware', file))
  execFileSync(compiler ?? 'cc', [...strict, '-fsanitize=undefined', '-o', runner, ...sources], { stdio: 'inherit' })
  return runner
}

const run = (runner: string, commands: string[]): string[] =>
  execFileSync(runner, { input: `${commands.join('\n')}\n`, encoding: 'utf8' })
    .trimEnd()
    .split('\n')

/** What the board would be told to do, or how it would make the message. */
function command(message: Message, payload: string): { command: string; expected: string } {
  switch (message.kind) {
    case 'hello': {
      const { rateHz, accelStepsPerG, gyroDecistepsPerDps, chip } = message
      return { command: `hello ${rateHz} ${accelStepsPerG} ${gyroDecistepsPerDps} ${chip}`, expected: payload }
    }
    case 'imu':
      return { command: `imu ${message.atUs} ${message.periodUs} ${message.samples.join(' ')}`, expected: payload }
    case 'state': {
      const ignition = message.ignition === null ? -1 : Number(message.ignition)
      return { command: `state ${message.atUs} ${ignition} ${message.batteryMv ?? -1}`, expected: payload }
    }
    case 'ack':
      return {
        command: `ack ${message.of} ${['done', 'unknown', 'refused'].indexOf(message.status)}`,
        expected: payload,
      }
    case 'odometer':
      return { command: `odometer ${message.atUs} ${message.metres} ${message.stepM}`, expected: payload }
    case 'health': {
      const { atUs, imuCentiC, lostSamples, selfTest } = message
      const parts = [atUs, imuCentiC ?? -0x8000, lostSamples, selfTests.indexOf(selfTest)]
      return { command: `health ${parts.join(' ')}`, expected: payload }
    }
    case 'ping':
      return { command: 'down 129', expected: 'ping' }
    case 'buzzer':
      return { command: `down 130 ${payload}`, expected: `buzzer ${message.frequencyHz} ${message.durationMs}` }
    case 'sleep':
      return { command: `down 131 ${payload}`, expected: `sleep ${message.afterS} ${message.wakeS}` }
  }
}

test('the C reference implementation agrees with every byte vector', { skip }, () => {
  const runner = build()
  const frames = read<{ type: number; seq: number; payload: string; line: string }>('frames')
  assert.deepEqual(
    run(
      runner,
      frames.map(({ type, seq, payload }) => `frame ${type} ${seq} ${payload}`),
    ),
    frames.map(({ line }) => line),
  )

  const streams = read<{ bytes: string; frames: string[]; counters: Record<string, number> }>('streams')
  assert.deepEqual(
    run(
      runner,
      streams.map(({ bytes }) => `stream ${bytes}`),
    ),
    streams.map(({ frames: found, counters }) => [...found, Object.values(counters).join(',')].join(' ')),
  )

  const messages = read<{ message: Message; payload: string }>('messages').map(({ message, payload }) =>
    command(message, payload),
  )
  assert.deepEqual(
    run(
      runner,
      messages.map((each) => each.command),
    ),
    messages.map((each) => each.expected),
  )
})

test('the C reference implementation knows no command of another type or length', { skip }, () => {
  const runner = join(folder, 'host_runner')
  assert.deepEqual(run(runner, ['down 130 00', 'down 7 00000000', 'down 131 0000']), ['unknown', 'unknown', 'unknown'])
})
