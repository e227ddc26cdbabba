import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ForceSample } from '@fairmile/models/events/crash.ts'

/** Rows of the simulator's stream: eight 32-bit floats; marks are told by a negative first number (`sim/src/cli/imu-stream.ts`). */
const columns = 8
const rowBytes = columns * 4
const marks = { drive: -1, crash: -2 } as const
/** The clock of a drive begins here, milliseconds: not at zero, as no monotonic clock does. */
const firstMs = 1000

/** What the stream tells. The sample is one object, overwritten each time. */
export interface StreamSink {
  drive(): void
  crash(truth: { deltaVKmh: number; directionDeg: number; seconds: number }, tMs: number): void
  sample(sample: ForceSample, speedMps: number): void
}

/** Runs the simulator in a process of its own and takes its readings; resolves with what it said of them at the end. */
export async function streamImu(args: readonly string[], sink: StreamSink): Promise<Record<string, unknown>> {
  const program = fileURLToPath(new URL('../../../sim/src/cli/imu-stream.ts', import.meta.url))
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const exit = once(child, 'exit')
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const sample: ForceSample = { tMs: firstMs, ax: 0, ay: 0, az: 0, gx: 0, gy: 0, gz: 0 }
  const take = (row: Float32Array, at: number): void => {
    const first = row[at]!
    if (first === marks.drive) {
      sample.tMs = firstMs
      sink.drive()
    } else if (first === marks.crash) {
      sink.crash({ deltaVKmh: row[at + 1]!, directionDeg: row[at + 2]!, seconds: row[at + 3]! }, sample.tMs)
    } else {
      sample.tMs += first
      sample.ax = row[at + 1]!
      sample.ay = row[at + 2]!
      sample.az = row[at + 3]!
      sample.gx = row[at + 4]!
      sample.gy = row[at + 5]!
      sample.gz = row[at + 6]!
      sink.sample(sample, row[at + 7]!)
    }
  }
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of child.stdout) {
    const bytes = Buffer.concat([rest, chunk as Buffer])
    const whole = bytes.length - (bytes.length % rowBytes)
    const rows = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + whole))
    for (let at = 0; at < rows.length; at += columns) take(rows, at)
    rest = bytes.subarray(whole)
  }
  const [code] = await exit
  if (code !== 0) throw new Error(`Simulating IMU readings (${args.join(' ')}): it ended with ${code}: ${said}`)
  return JSON.parse(said.trim().split('\n').at(-1) ?? '{}')
}
