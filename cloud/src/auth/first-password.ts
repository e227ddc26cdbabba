import { ProblemError } from '../http/problem.ts'
import type { LinkTokens } from './link-tokens.ts'
import type { LinkMeans } from './password-links.ts'
import { hashPassword } from './passwords.ts'

/** The first password of a log-in: one that `setBy` chose (null: its owner, or who has the server), or one that its owner is invited to choose. */
export type FirstPassword = { readonly hash: string; readonly setBy: string | null } | { readonly invite: LinkMeans }

interface Means {
  /** Null where nobody can be invited. */
  readonly links: LinkTokens | null
  /** Wall clock, epoch ms. @default Date.now */
  readonly now?: (() => number) | undefined
}

/**
 * How a new log-in gets its password: the one that was given, or an invitation to choose one.
 *
 * @param means.setBy the user who gives the password
 * @throws ProblemError `conflict` where none was given and nobody can be invited
 */
export async function firstPassword(
  password: string | undefined,
  { setBy, ...means }: Means & { setBy: string },
): Promise<FirstPassword> {
  return password === undefined ? { invite: linkMeans(means) } : { hash: await hashPassword(password), setBy }
}

/** What invitations are made with now. @throws ProblemError `conflict` where nobody can be invited */
export function linkMeans({ links, now = Date.now }: Means): LinkMeans {
  if (links) return { tokens: links, nowMs: now() }
  throw new ProblemError(
    'conflict',
    'Nobody can be invited by e-mail here, as the service was started without SMTP_URL, MAIL_FROM or PUBLIC_URL: set these, or give the log-in a password.',
  )
}
