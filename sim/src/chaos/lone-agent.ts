import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { generateKeyPair } from '@fairmile/contract/chain.ts'

/** A port where nobody listens: a car without signal. */
const nowhere = 'mqtt://127.0.0.1:9'

/** An agent that has an identity and no cloud to reach. */
export interface LoneAgent {
  readonly child: ChildProcess
  /** Resolves with the next line of its log, from now on, that holds a text; rejects when it ends. */
  said(text: string): Promise<string>
  /** Ends it as an operating system does; gives its exit code, null where a signal killed it. */
  stop(): Promise<number | null>
}

/** Starts the agent on a data folder of its own. @param env its sensors @param args of `run` */
export function startLoneAgent(options: {
  root: string
  folder: string
  env: Record<string, string>
  args?: readonly string[]
}): LoneAgent {
  const dataDir = join(options.folder, 'agent')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const claimed = { deviceId: 'DEV-CHAOS', mqttPassword: 'none', mqttUrl: nowhere }
  writeFileSync(join(dataDir, 'device.json'), JSON.stringify({ ...generateKeyPair(), claimed }), { mode: 0o600 })
  const child = spawn(
    process.execPath,
    [join(options.root, 'agent/bin/fairmile-agent.mjs'), 'run', ...(options.args ?? [])],
    {
      env: { ...process.env, FAIRMILE_DATA: dataDir, MQTT_URL: nowhere, ...options.env },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  const log = createWriteStream(join(options.folder, 'agent.log'))
  const waiting = new Set<{ text: string; resolve(line: string): void }>()
  createInterface({ input: child.stderr }).on('line', (line) => {
    log.write(`${line}\n`)
    for (const one of waiting) {
      if (!line.includes(one.text)) continue
      waiting.delete(one)
      one.resolve(line)
    }
  })
  const ended = once(child, 'close') as Promise<[number | null]>
  return {
    child,
    said: (text) =>
      Promise.race([
        new Promise<string>((resolve) => waiting.add({ text, resolve })),
        ended.then(([code]) => {
          throw new Error(`the agent ended by itself with ${code}: see ${options.folder}/agent.log`)
        }),
      ]),
    async stop() {
      child.kill('SIGTERM')
      const [code] = await ended
      log.end()
      return code
    },
  }
}
