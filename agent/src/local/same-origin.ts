import type { IncomingHttpHeaders } from 'node:http'
import { Refusal } from './answer.ts'

/**
 * Refuses what a page of another origin could make a browser send; programs send neither header.
 * @throws {Refusal} 403
 */
export function refuseForeignPages(headers: IncomingHttpHeaders): void {
  const site = headers['sec-fetch-site']
  const { origin, host } = headers
  const foreign = origin !== undefined && !(URL.canParse(origin) && new URL(origin).host === host)
  if (foreign || (site !== undefined && site !== 'same-origin' && site !== 'none'))
    throw new Refusal(403, 'The request came from a page of another origin.')
}
