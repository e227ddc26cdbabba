import { spawn } from 'node:child_process'

/**
 * Runs a program with its messages shown; what it prints goes there too, so that stdout stays the caller's.
 *
 * @throws Error where it does not end well
 */
export async function run(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', process.stderr, 'inherit'] })
  const code = await new Promise<number | string>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', (exit, signal) => resolve(exit ?? signal ?? 'unknown'))
  })
  if (code !== 0) throw new Error(`"${program} ${args.slice(0, 2).join(' ')}" ended with ${code}`)
}
