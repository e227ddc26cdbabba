import type { Database } from '../../db/database.ts'
import type { Sent } from '../channel.ts'
import type { Claim } from '../claim-delivery.ts'
import { type Message, readMessage } from '../read-message.ts'
import { templatesOf, writeWords } from '../templates/write-words.ts'
import type { Letter } from './letter.ts'
import type { UnsubscribeTokens } from './unsubscribe-token.ts'

interface WriteOptions {
  readonly tokens: UnsubscribeTokens
  /** Address of the pages; null: no links. */
  readonly publicUrl: string | null
  readonly nowMs: number
}

/** Writes what a claim is to tell as its reader likes it, or says why it does not go out now. */
export async function writeNotification(
  db: Database,
  claim: Claim,
  { tokens, publicUrl, nowMs }: WriteOptions,
): Promise<Letter | Exclude<Sent, 'sent'>> {
  const message = await readMessage(db, claim, { channel: 'email', nowMs })
  if (!('told' in message)) return message
  const { preferences, told } = message
  const [first, ...rest] = told
  return {
    language: preferences.language,
    words: [writeWords(first, preferences), ...rest.map((one) => writeWords(one, preferences))],
    footer: templatesOf(preferences.language).footer,
    unsubscribeUrl: unsubscribeUrl(message, { tokens, publicUrl }),
  }
}

function unsubscribeUrl(
  { driverId, told, urgent }: Message,
  { tokens, publicUrl }: Pick<WriteOptions, 'tokens' | 'publicUrl'>,
): string | null {
  if (driverId === null || publicUrl === null || urgent) return null
  const kind = told.length === 1 ? told[0].kind : null
  return new URL(`/unsubscribe/${tokens.write({ driverId, kind })}`, publicUrl).href
}
