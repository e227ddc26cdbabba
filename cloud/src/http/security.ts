import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import { ProblemError } from './problem.ts'

/** The largest body of a request: the longest that the API takes, but for those below, is under 40 KiB. */
const maxBodyBytes = 64 * 1024
/** The largest by path, of those that name up to ten thousand things, bytes. */
const largerBodies = { '/api/v1/risk/batch-calculate': 512 * 1024 }

const unsafeMethods = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** Everything comes from this origin, nothing is inline, nothing may frame it; WebAssembly may run, for scores in the browser. */
const policy = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
}

/**
 * What Redoc needs beside it, on its page alone: style elements that are empty when they come (its rules are put in one by one, which no
 * policy asks about), the one style text of its scroll bars, and a worker out of its own bundle, which searches.
 */
const redocPolicy = {
  ...policy,
  styleSrc: [
    ...policy.styleSrc,
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    "'sha256-QMIg+bpjm3JdElJ388KYke01izlUW0UoNOeKjpMxdgc='",
  ],
  workerSrc: ['blob:'],
}

const headersWith = (contentSecurityPolicy: typeof policy): MiddlewareHandler =>
  secureHeaders({
    contentSecurityPolicy,
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
  })
const ofRedoc = headersWith(redocPolicy)
const ofAllElse = headersWith(policy)

/** The headers that keep a browser from doing what it need not. */
export const strictHeaders: MiddlewareHandler = (c, next) =>
  c.req.path === '/redoc' ? ofRedoc(c, next) : ofAllElse(c, next)

const bodyOf = (maxSize: number): MiddlewareHandler =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new ProblemError('too-large', `A body may have at most ${maxSize} bytes.`)
    },
  })
const ordinaryBody = bodyOf(maxBodyBytes)
const largerBody = new Map(Object.entries(largerBodies).map(([path, maxSize]) => [path, bodyOf(maxSize)]))

/** Refuses a body that is larger than any that its path takes. */
export const limitedBody: MiddlewareHandler = (c, next) => (largerBody.get(c.req.path) ?? ordinaryBody)(c, next)

/**
 * Refuses what a page of another origin could make a browser send: an unsafe method whose `Origin` is not this host,
 * or that the browser itself marks as cross-site. Programs send neither header.
 */
export const sameOrigin: MiddlewareHandler = async (c, next) => {
  if (unsafeMethods.has(c.req.method) && !isSameOrigin(c.req.raw.headers))
    throw new ProblemError('forbidden', 'The request came from a page of another origin.')
  await next()
}

/** True when a browser's headers say that the request came from a page of this host, or when no browser sent it. */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return false
  const origin = headers.get('origin')
  if (origin === null) return true
  const host = headers.get('host')
  return host !== null && URL.canParse(origin) && new URL(origin).host === host
}

/** Refuses a body that is not JSON, so that no form can send one. */
export const jsonBody: MiddlewareHandler = async (c, next) => {
  const type = c.req.header('content-type')
  const hasBody = bodyComes(c)
  if (unsafeMethods.has(c.req.method) && hasBody && !/^application\/(?:[\w.-]+\+)?json\b/i.test(type ?? ''))
    throw new ProblemError(
      'unsupported-media-type',
      `The body has the type "${type ?? 'none'}"; send application/json.`,
    )
  await next()
}

/** Whether a body comes: by the headers where there is a socket, since a request without one may have an empty stream there. */
function bodyComes(c: Context): boolean {
  const { incoming } = (c.env ?? {}) as { incoming?: { headers: Record<string, string | undefined> } }
  if (!incoming) return c.req.raw.body !== null && c.req.header('content-length') !== '0'
  return Number(incoming.headers['content-length'] ?? 0) > 0 || incoming.headers['transfer-encoding'] !== undefined
}
