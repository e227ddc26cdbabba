import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectAsync, type MqttClient } from 'mqtt'
import { freePort } from '../../scripts/free-port.ts'

const path = `${process.env.PATH}:/usr/sbin:/usr/bin`

/** A real Mosquitto in a process of its own, with passwords. */
export interface Mosquitto extends AsyncDisposable {
  url: string
  connect(user: string, password: string): Promise<MqttClient>
}

/** Starts Mosquitto on a free port of this machine; everyone in `passwords` may log in. */
export async function startMosquitto(folder: string, passwords: Record<string, string>): Promise<Mosquitto> {
  const port = await freePort()
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'passwords')
  const lines = Object.entries(passwords).map(([user, password]) => `${user}:${password}\n`)
  writeFileSync(file, lines.join(''))
  execFileSync('mosquitto_passwd', ['-U', file], { env: { ...process.env, PATH: path } })
  // Started by root it would drop its rights, and could not read these files; for others the line means nothing.
  const config = join(folder, 'mosquitto.conf')
  writeFileSync(
    config,
    `user root\nlistener ${port} 127.0.0.1\nallow_anonymous false\npassword_file ${file}\npersistence false\n`,
  )
  const broker = spawn('mosquitto', ['-c', config], { stdio: 'ignore', env: { ...process.env, PATH: path } })
  const ended = once(broker, 'exit')
  const url = `mqtt://127.0.0.1:${port}`
  const connect = (username: string, password: string) =>
    connectAsync(url, { username, password, reconnectPeriod: 0, connectTimeout: 5000 })
  const [user, password] = Object.entries(passwords)[0]!
  for (;;) {
    if (broker.exitCode !== null) throw new Error(`mosquitto ended with ${broker.exitCode}`)
    const up = await connect(user, password).catch(() => null)
    if (up) {
      await up.endAsync()
      break
    }
    await sleep(20)
  }
  return {
    url,
    connect,
    async [Symbol.asyncDispose]() {
      broker.kill()
      await ended
    },
  }
}
