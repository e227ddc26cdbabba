import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The log-ins of the demonstration. */
export interface DemoAccounts {
  admin: { email: string; password: string }
  driver: { email: string; password: string }
  /** The admin's password alone in a file, as the cloud wants it at its first start. */
  adminPasswordFile: string
}

/** Reads the log-ins kept in the data folder, or makes them; passwords are drawn, never fixed. Files are readable by the owner alone. */
export function demoAccounts(dataDir: string): DemoAccounts {
  mkdirSync(dataDir, { recursive: true })
  const file = join(dataDir, 'demo.json')
  const adminPasswordFile = join(dataDir, 'admin-password')
  if (!existsSync(file)) {
    const accounts = {
      admin: { email: 'admin@fairmile.example', password: newPassword() },
      driver: { email: 'demo@fairmile.example', password: newPassword() },
    }
    writeFileSync(file, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 })
  }
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Omit<DemoAccounts, 'adminPasswordFile'>
  writeFileSync(adminPasswordFile, kept.admin.password, { mode: 0o600 })
  return { ...kept, adminPasswordFile }
}

/** Four groups of four letters and digits that are not mixed up: about 78 bits. */
function newPassword(): string {
  const signs = 'abcdefghjkmnpqrstuvwxyz23456789'
  const letters = Array.from(randomBytes(16), (byte) => signs[byte % signs.length])
  return [0, 4, 8, 12].map((at) => letters.slice(at, at + 4).join('')).join('-')
}
