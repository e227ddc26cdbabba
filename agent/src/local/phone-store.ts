import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PairedPhone } from '@fairmile/contract/phone.ts'
import { z } from 'zod'

/** Phones of one car: a family, and one that nobody removed. */
export const maxPhones = 8

const phoneSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** SHA-256 of the token in base64url; the token itself has 256 random bits, so no slower hash is needed. */
  tokenHash: z.string(),
  /** UTC epoch milliseconds. */
  pairedAt: z.number(),
})
export type Phone = z.infer<typeof phoneSchema>

const fileSchema = z.object({ phones: z.array(phoneSchema).max(maxPhones) })

/** The phones that may tell the agent of themselves. */
export interface PhoneStore {
  list(): readonly Phone[]
  /** Gives a new phone its token; null where there are too many. */
  add(name: string, pairedAt: number): PairedPhone | null
  /** The phone of a token; null where there is none. */
  find(token: string): Phone | null
  /** False where there is no such phone. */
  remove(id: string): boolean
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/**
 * Opens the phones of a data folder; the file is read anew when another process has changed it, so that a removal holds at once.
 * @throws {Error} where the file cannot be read
 */
export function openPhoneStore({ folder }: { folder: string }): PhoneStore {
  const path = join(folder, 'phones.json')
  let known: Phone[] = []
  let version = ''

  const read = (): Phone[] => {
    if (!existsSync(path)) return []
    const { mtimeMs, ino } = statSync(path)
    if (version === `${mtimeMs} ${ino}`) return known
    try {
      known = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).phones
    } catch (cause) {
      throw new Error(`Reading "${path}": it is no list of phones. Remove it, and pair the phones anew.`, { cause })
    }
    version = `${mtimeMs} ${ino}`
    return known
  }
  const write = (phones: readonly Phone[]): void => {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(`${path}.new`, `${JSON.stringify({ phones }, null, 2)}\n`, { mode: 0o600, flush: true })
    renameSync(`${path}.new`, path)
  }
  return {
    list: read,
    add(name, pairedAt) {
      const phones = read()
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
      const phones = read()
      const left = phones.filter((phone) => phone.id !== id)
      if (left.length === phones.length) return false
      write(left)
      return true
    },
  }
}
