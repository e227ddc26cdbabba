import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import { saveIdentity } from '../src/keys/identity.ts'

const bin = fileURLToPath(new URL('../bin/fairmile-agent.mjs', import.meta.url))
/** Nothing listens there: the discard port. */
const nowhere = 'mqtt://127.0.0.1:9'

/** A folder of its own in which the agent's program is run; what still runs at the end is killed. */
export function createScratchAgent() {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-cli-'))
  const children: ChildProcess[] = []
  return {
    folder,
    data: join(folder, 'data'),
    /** Starts the agent's program; `said` resolves with the first line on stderr that holds a text. */
    start(args: readonly string[], env: Record<string, string> = {}, node = process.execPath) {
      const { PATH = '' } = process.env
      const child = spawn(node, [bin, ...args], {
        env: { PATH, FAIRMILE_DATA: join(folder, 'data'), FAIRMILE_SCREEN: 'off', ...env },
      })
      children.push(child)
      return { child, ...listenTo(child) }
    },
    /** A device that was claimed before. */
    claim(mqttUrl = nowhere): void {
      const claimed = { deviceId: 'DEV-1', mqttPassword: 'secret', mqttUrl }
      saveIdentity(join(folder, 'data'), { ...generateKeyPair(), claimed })
    },
    /** A recording of a drive at a steady 15 m/s, GNSS alone. */
    writeDrive(seconds: number): string {
      const drive = join(folder, 'drive')
      mkdirSync(drive)
      writeFileSync(join(drive, 'drive.json'), JSON.stringify({ id: 'steady', imu: null, gps: { rateHz: 1 } }))
      const rows = Array.from({ length: seconds }, (_, t) => `${t},${(49 + t * 0.000135).toFixed(7)},12,15,0,340,0.9`)
      writeFileSync(join(drive, 'gps.csv'), `t_s,lat_deg,lon_deg,speed_mps,course_deg,alt_m,hdop\n${rows.join('\n')}\n`)
      return drive
    },
    async [Symbol.asyncDispose]() {
      for (const child of children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
        child.kill('SIGKILL')
        await once(child, 'close')
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function listenTo(child: ReturnType<typeof spawn>) {
  const lines: string[] = []
  const waiting: { text: string; resolve: (line: string) => void }[] = []
  createInterface({ input: child.stderr! }).on('line', (line) => {
    lines.push(line)
    for (const { text, resolve } of waiting) if (line.includes(text)) resolve(line)
  })
  let out = ''
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out, err: lines.join('\n') }))
  const said = (text: string): Promise<string> =>
    Promise.race([
      new Promise<string>((resolve) => {
        const line = lines.find((known) => known.includes(text))
        if (line) resolve(line)
        else waiting.push({ text, resolve })
      }),
      ended.then(({ err }) => {
        throw new Error(`ended without saying "${text}":\n${err}`)
      }),
    ])
  return { ended, said }
}
