import { request } from 'node:http'
import { isIP, type LookupFunction } from 'node:net'
import type { GuardedPost, Resolve } from '../../src/notify/outbound/guarded-post.ts'

const followed = 3
/** Addresses where nobody is are not waited for longer than this, ms. */
const slowMs = 100
/** What a usual filter looks for in the address as it was written. */
const forbidden = /^https?:\/\/(localhost|127\.0\.0\.1|10\.|192\.168\.|169\.254\.|\[::1\])/

/** What most write: an address is judged by its spelling, its name is resolved when it is connected, redirects are followed. */
export const createCarelessPost =
  (resolve: Resolve): GuardedPost =>
  async ({ url, headers, body, signal }) => {
    if (forbidden.test(url)) throw new Error('forbidden')
    // A check of the name, and then a connection that asks for it again.
    const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) === 0 && (await resolve(host)).some((address) => forbidden.test(`http://${address}`)))
      throw new Error('forbidden')
    const lookup: LookupFunction = (name, { all }, done) => {
      resolve(name).then(
        (addresses) => {
          const found = addresses.map((address) => ({ address, family: isIP(address) }))
          if (all) done(null, found)
          else done(null, found[0]?.address ?? '', found[0]?.family)
        },
        (error) => done(error, []),
      )
    }
    let next = url
    for (let hop = 0; hop <= followed; hop++) {
      const { status, location } = await postOnce(next, { headers, body, signal, lookup })
      if (status < 300 || status > 399 || location === undefined) return { status, text: '' }
      next = new URL(location, next).href
    }
    throw new Error('too many redirects')
  }

function postOnce(
  url: string,
  { body, ...options }: Pick<Parameters<GuardedPost>[0], 'headers' | 'body' | 'signal'> & { lookup: LookupFunction },
): Promise<{ status: number; location: string | undefined }> {
  return new Promise((found, failed) => {
    const sent = request(url, { ...options, method: 'POST', agent: false, timeout: slowMs }, (response) => {
      response.resume()
      found({ status: response.statusCode ?? 0, location: response.headers.location })
    })
    sent
      .on('timeout', () => sent.destroy(new Error('too late')))
      .on('error', failed)
      .end(body)
  })
}
