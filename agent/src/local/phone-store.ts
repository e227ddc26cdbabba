import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PairedPhone } from '@fairmile/contract/phone.ts'
import { z } from 'zod'

/** Phones of one car: a family, and one that nobody removed. */
export const maxPhones = 8

const phoneSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** SHA-256 of the token in base64url; the token itself has 256 random bits, so no slower hash is needed. */
  tokenHash: z.string().regex(/^[\w-]{43}$/),
  /** UTC epoch milliseconds. */
  pairedAt: z.number(),
})
export type Phone = z.infer<typeof phoneSchema>

const fileSchema = z.object({ phones: z.array(phoneSchema).max(maxPhones) })

/** The phones that may tell the agent of themselves. */
export interface PhoneStore {
  list(): readonly Phone[]
  /**
   * Gives a new phone its token; null where there are too many.
   * @throws {Error} where the file cannot be read or written
   */
  add(name: string, pairedAt: number): PairedPhone | null
  /** The phone of a token; null where there is none. */
  find(token: string): Phone | null
  /**
   * False where there is no such phone.
   * @throws {Error} where the file cannot be read or written
   */
  remove(id: string): boolean
}

export interface PhoneStoreOptions {
  /** The agent's data folder. */
  folder: string
  /** Takes what is wrong with the file. */
  warn: (about: { path: string; reason: string }, text: string) => void
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new Error(`Reading "${path}": ${String(cause)}. Give it to the user that runs the agent.`, { cause })
  }
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/**
 * Opens the phones of a data folder; the file is read anew when another process has changed it, so that a removal holds at once.
 * A file that is no list of phones is set aside under another name, and one that cannot be read counts as empty; each is said once.
 */
export function openPhoneStore({ folder, warn }: PhoneStoreOptions): PhoneStore {
  const path = join(folder, 'phones.json')
  let known: Phone[] = []
  let version = ''

  let trouble = ''

  const say = (cause: unknown, text: string): void => {
    const reason = String(cause)
    if (reason !== trouble) warn({ path, reason }, text)
    trouble = reason
  }
  /** @throws {Error} where the file is there and cannot be read, or cannot be set aside */
  const load = (): Phone[] => {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found === undefined) return []
    if (version === `${found.mtimeMs} ${found.ino}`) return known
    const text = textOf(path)
    try {
      known = fileSchema.parse(JSON.parse(text)).phones
    } catch (cause) {
      renameSync(path, `${path}.broken-${Math.round(found.mtimeMs)}`)
      say(cause, 'the list of paired phones was no list and is set aside: pair the phones anew')
      return []
    }
    version = `${found.mtimeMs} ${found.ino}`
    trouble = ''
    return known
  }
  const read = (): Phone[] => {
    try {
      return load()
    } catch (cause) {
      say(cause, 'the list of paired phones cannot be read: no phone is taken until it can')
      return []
    }
  }
  const write = (phones: readonly Phone[]): void => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(`${path}.new`, `${JSON.stringify({ phones }, null, 2)}\n`, { mode: 0o600, flush: true })
    renameSync(`${path}.new`, path)
  }
  return {
    list: read,
    add(name, pairedAt) {
      const phones = load()
      if (phones.length >= maxPhones) return null
      const id = `PHN-${randomBytes(4).toString('hex').toUpperCase()}`
      const token = randomBytes(32).toString('base64url')
      write([...phones, { id, name, pairedAt, tokenHash: hashOf(token).toString('base64url') }])
      return { id, token }
    },
    find(token) {
      const hash = hashOf(token)
      return read().find(({ tokenHash }) => timingSafeEqual(Buffer.from(tokenHash, 'base64url'), hash)) ?? null
    },
    remove(id) {
      const phones = load()
      const left = phones.filter((phone) => phone.id !== id)
      if (left.length === phones.length) return false
      write(left)
      return true
    },
  }
}
