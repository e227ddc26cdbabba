import type { IncomingMessage } from 'node:http'
import type { User } from '@fairmile/contract/http/auth.ts'
import { DriverId } from '@fairmile/contract/http/ids.ts'
import type { Sessions } from '../auth/sessions.ts'
import { tokenOf } from '../auth/token-of.ts'
import { ProblemError } from '../http/problem.ts'
import { isSameOrigin } from '../http/security.ts'
import type { Tickets } from './tickets.ts'

const livePath = '/api/v1/live'

/** Who a socket is of, and whom it hears of; null: of all. */
export interface Joining {
  readonly user: User
  readonly token: string
  readonly driverId: string | null
}

export interface UpgradeAuthority {
  readonly sessions: Pick<Sessions, 'verify'>
  readonly tickets: Pick<Tickets, 'redeem'>
}

/**
 * Says who asks for an upgrade and whom they want to hear of.
 *
 * @throws ProblemError where the path is another, the page is of another origin, nobody is logged in, the driver is none or someone else
 */
export async function authorizeUpgrade(
  request: IncomingMessage,
  url: URL,
  authority: UpgradeAuthority,
): Promise<Joining> {
  if (url.pathname !== livePath) throw new ProblemError('not-found', `Live sockets are at ${livePath}.`)
  if (!isSameOrigin(headersOf(request)))
    throw new ProblemError('forbidden', 'A page of another origin may not do this; take a ticket where it is yours.')
  const token = await tokenOfRequest(request, url, authority.tickets)
  const user = token === undefined ? null : await authority.sessions.verify(token)
  if (token === undefined || !user)
    throw new ProblemError('unauthorized', 'Nobody is logged in, or the ticket was used or is too old.')
  return { user, token, driverId: driverAsked(url, user) }
}

function driverAsked({ searchParams }: URL, { role, driverId }: User): string | null {
  const asked = searchParams.get('driverId')
  if (asked !== null && !DriverId.safeParse(asked).success) {
    const errors = [{ path: 'query.driverId', message: 'it is an id like DRV-0001' }]
    throw new ProblemError('validation', 'query.driverId: it is an id like DRV-0001', { errors })
  }
  if (role === 'admin') return asked ?? driverId
  if (driverId === null || (asked ?? driverId) !== driverId)
    throw new ProblemError('forbidden', 'A driver hears of themselves alone.')
  return driverId
}

async function tokenOfRequest(
  { headers }: IncomingMessage,
  url: URL,
  tickets: UpgradeAuthority['tickets'],
): Promise<string | undefined> {
  const ticket = url.searchParams.get('ticket')
  if (ticket !== null) return (await tickets.redeem(ticket)) ?? undefined
  return tokenOf(headers.authorization, headers.cookie)
}

/** The headers that the origin check reads. */
function headersOf({ headers }: IncomingMessage): Headers {
  const site = headers['sec-fetch-site']
  return new Headers({
    ...(headers.origin && { origin: headers.origin }),
    ...(headers.host && { host: headers.host }),
    ...(typeof site === 'string' && { 'sec-fetch-site': site }),
  })
}
