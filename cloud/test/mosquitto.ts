import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const program = ['/usr/sbin/mosquitto', '/usr/bin/mosquitto'].find((path) => existsSync(path))

/** A Mosquitto of a test's own. */
export interface Mosquitto extends AsyncDisposable {
  /** Stops it from running on, without a word. */
  freeze(): void
  kill(): Promise<unknown>
}

/** Starts the real Mosquitto with this configuration file; fails with what it said where it does not run. */
export async function startMosquitto(config: string): Promise<Mosquitto> {
  if (!program)
    throw new Error('This test starts a real Mosquitto: install the Debian package "mosquitto" (npm test does)')
  const child: ChildProcess = spawn(program, ['-c', config, '-v'], { stdio: ['ignore', 'ignore', 'pipe'] })
  const exit = once(child, 'exit')
  const said: string[] = []
  await new Promise<void>((resolve, reject) => {
    createInterface(child.stderr!).on('line', (line) => {
      said.push(line)
      if (line.includes('running')) resolve()
    })
    void exit.then(() => reject(new Error(`Mosquitto ended:\n${said.join('\n')}`)))
  })
  const kill = () => {
    child.kill('SIGKILL')
    return exit
  }
  return { freeze: () => child.kill('SIGSTOP'), kill, [Symbol.asyncDispose]: async () => void (await kill()) }
}

/** Starts one that lets everybody in. */
export async function startOpenMosquitto(port: number): Promise<Mosquitto & { url: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-mosquitto-'))
  const file = join(folder, 'mosquitto.conf')
  writeFileSync(file, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\n`)
  const started = await startMosquitto(file)
  rmSync(folder, { recursive: true, force: true })
  return { ...started, url: `mqtt://127.0.0.1:${port}` }
}
