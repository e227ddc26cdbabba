import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
/** It asks another process of this computer, milliseconds. */
const patienceMs = 2000

/** Whether NTP keeps this computer's clock, as systemd says; null where there is no systemd to ask. */
export async function ntpSynchronized(): Promise<boolean | null> {
  try {
    const { stdout } = await run('timedatectl', ['show', '-p', 'NTPSynchronized', '--value'], { timeout: patienceMs })
    return stdout.trim() === 'yes'
  } catch {
    return null
  }
}
