import { lookup } from 'node:dns/promises'
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { hostOf, publicTargets, RefusedTargetError, readTarget, type TargetRules } from './target.ts'

/** The whole exchange, name look-up included, ms. */
const timeoutMs = 10_000
/** Bytes of an answer that are read: of a receiver nothing but its status is needed. */
const maxAnswerBytes = 4 * 1024
const maxHeaderBytes = 8 * 1024
/** Addresses of a name that are tried. */
const maxAddresses = 8

/** Finds the addresses of a name. */
export type Resolve = (name: string) => Promise<readonly string[]>

interface GuardOptions {
  /** @default publicTargets */
  readonly rules?: TargetRules
  /** @default the system's resolver */
  readonly resolve?: Resolve
  /** Who vouches for a receiver beside the well-known authorities; PEM. */
  readonly ca?: string
}

/** What is sent. */
export interface Outgoing {
  readonly url: string
  readonly headers: Readonly<Record<string, string | number>>
  readonly body: string | Buffer
  /** Ends the exchange. */
  readonly signal: AbortSignal
}

/** What a receiver said. */
export interface Reply {
  readonly status: number
  /** The beginning of its answer. */
  readonly text: string
}

/** Posts to addresses that strangers name. @throws {RefusedTargetError} before anything is sent */
export type GuardedPost = (outgoing: Outgoing) => Promise<Reply>

/**
 * Posts to an address that somebody else chose, without being led into the own network: a name is resolved once, every address of it has
 * to be allowed, and the connection goes to one of these addresses and no other. No redirect is followed, no proxy of the environment is
 * used, no connection is kept, and of the answer little is read.
 */
export function createGuardedPost(options: GuardOptions = {}): GuardedPost {
  const { rules = publicTargets, resolve = resolveBySystem, ca } = options
  return async ({ url: text, headers, body, signal }) => {
    const url = readTarget(text, rules)
    const ends = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
    const addresses = await allowedAddresses(hostOf(url), { rules, resolve, signal: ends })
    const secure = url.protocol === 'https:'
    const agent = secure ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false })
    const request = (secure ? httpsRequest : httpRequest)(url, {
      ...{ method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      ...{ agent, lookup: pinnedTo(addresses), maxHeaderSize: maxHeaderBytes, signal: ends },
      ...(secure && { minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }) }),
    })
    try {
      const response = await new Promise<IncomingMessage>((found, failed) => {
        request.on('response', found).on('error', failed)
        request.end(body)
      })
      return { status: response.statusCode ?? 0, text: await beginningOf(response) }
    } finally {
      request.destroy()
      agent.destroy()
    }
  }
}

async function allowedAddresses(
  host: string,
  { rules, resolve, signal }: { rules: TargetRules; resolve: Resolve; signal: AbortSignal },
): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host]
  const found = await unlessAborted(resolve(host), signal)
  const [first] = found
  if (first === undefined) throw new Error(`"${host}" has no address`)
  const refused = found.find((address) => isIP(address) === 0 || !rules.isAllowed(address))
  if (refused !== undefined)
    throw new RefusedTargetError(`"${host}" leads to ${refused}, which is not a public address`)
  return found.slice(0, maxAddresses)
}

/** Answers every look-up with addresses that were judged. */
function pinnedTo(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_name, { all: wantsAll }, done) => {
    if (wantsAll) done(null, all)
    else done(null, all[0]?.address ?? '', all[0]?.family)
  }
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part)
    bytes += part.length
    if (bytes >= maxAnswerBytes) break
  }
  return Buffer.concat(parts).subarray(0, maxAnswerBytes).toString()
}

const resolveBySystem: Resolve = async (name) => (await lookup(name, { all: true })).map(({ address }) => address)

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
