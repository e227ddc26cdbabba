import { eq } from 'drizzle-orm'
import type { LinkTokens } from '../../auth/link-tokens.ts'
import type { Database } from '../../db/database.ts'
import { passwordLinks } from '../../db/schema/password-links.ts'
import { type Sent, UndeliverableError } from '../channel.ts'
import { adminPreferences, readPreferences } from '../preferences.ts'
import { templatesOf, writeLinkWords } from '../templates/write-words.ts'
import type { Letter } from './letter.ts'

interface WriteOptions {
  readonly tokens: LinkTokens
  readonly publicUrl: string | null
  readonly nowMs: number
}

/**
 * Writes the mail with a link by which a password is set. Its token stands behind a `#`, which no browser sends to a server, so that it is
 * in no access log; it is made again for each try.
 *
 * @throws {UndeliverableError} where this process knows no address of the pages
 */
export async function writePasswordLink(
  db: Database,
  { linkId, driverId }: { linkId: number; driverId: string | null },
  { tokens, publicUrl, nowMs }: WriteOptions,
): Promise<Letter | Exclude<Sent, 'sent'>> {
  if (publicUrl === null)
    throw new UndeliverableError('PUBLIC_URL is not set in this process: a link needs the address of the pages')
  const [link] = await db.select().from(passwordLinks).where(eq(passwordLinks.id, linkId))
  if (!link || link.expiresAt.getTime() <= nowMs)
    return { dropped: 'The link was used, replaced or withdrawn, or its time is over' }
  const preferences = driverId === null ? adminPreferences : await readPreferences(db, driverId)
  const path = `/set-password#${tokens.tokenOf(link)}`
  return {
    language: preferences.language,
    words: [writeLinkWords({ ...link, path }, preferences)],
    footer: templatesOf(preferences.language).logInFooter,
    unsubscribeUrl: null,
  }
}
