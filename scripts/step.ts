import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Node keeps here what it compiled: the tests start hundreds of processes of the same files. */
const compileCache = fileURLToPath(new URL('../node_modules/.cache/node-compile/', import.meta.url))
const findDrizzle = new URL('find-drizzle.mjs', import.meta.url).href

/** How one command of the gate ended. */
export interface StepResult {
  readonly name: string
  readonly ok: boolean
  readonly seconds: number
}

/**
 * Runs one command of the gate. With `quiet`, its output is shown only when it fails.
 *
 * @param command program and arguments, found through npm's path (`node_modules/.bin` first)
 */
export async function runStep(name: string, command: readonly string[], { quiet = false } = {}): Promise<StepResult> {
  const [program = '', ...args] = command
  const started = performance.now()
  const child = spawn(program, args, {
    env: {
      ...process.env,
      TURBO_TELEMETRY_DISABLED: '1',
      NODE_COMPILE_CACHE: compileCache,
      NODE_OPTIONS: [process.env.NODE_OPTIONS, `--import=${findDrizzle}`].filter(Boolean).join(' '),
    },
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
  })
  const output: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => output.push(chunk))
  const code = await new Promise<number | string>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', (exit, signal) => resolve(exit ?? signal ?? 'unknown'))
  })
  const seconds = (performance.now() - started) / 1000
  const ok = code === 0
  if (quiet && !ok) process.stderr.write(Buffer.concat(output))
  console.error(
    `${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)${ok ? '' : `: ${command.join(' ')} ended with ${code}`}`,
  )
  return { name, ok, seconds }
}

/** Ends the process with 1 when a step failed, and says which. */
export function finish(results: readonly StepResult[]): void {
  const failed = results.filter((result) => !result.ok)
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0)
  if (failed.length === 0) {
    console.error(`all ${results.length} steps passed (${seconds.toFixed(0)} s of work)`)
    return
  }
  console.error(`${failed.length} of ${results.length} steps failed: ${failed.map((result) => result.name).join(', ')}`)
  process.exitCode = 1
}
