import { hash } from 'node:crypto'

/** An answer as it is given again, byte for byte: its body and all of its headers, `etag` among them. */
export interface Answer {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** The strong ETag of a body: as many bits as nobody collides by chance or on purpose. */
export const etagOf = (body: Buffer): string => `"${hash('sha256', body, 'base64url')}"`

/** Whether an `If-None-Match` header names the ETag; weak comparison, as RFC 9110 asks. */
export function isNamed(ifNoneMatch: string | undefined, etag: string | undefined): boolean {
  if (ifNoneMatch === undefined || etag === undefined) return false
  return ifNoneMatch === etag || ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
}

/**
 * Writes an answer with the moment until which it may be given, as it lies in Redis: a line of JSON, then the body.
 *
 * @param expiresMs UTC epoch milliseconds
 */
export function packAnswer({ headers, body }: Answer, expiresMs: number): Buffer {
  return Buffer.concat([Buffer.from(`${JSON.stringify({ expiresMs, headers })}\n`), body])
}

/** Reads what `packAnswer` wrote; null for anything else. */
export function unpackAnswer(packed: Buffer): { answer: Answer; expiresMs: number } | null {
  const end = packed.indexOf(0x0a)
  if (end < 0) return null
  try {
    const { expiresMs, headers } = JSON.parse(packed.toString('utf8', 0, end))
    if (!Number.isFinite(expiresMs) || typeof headers?.etag !== 'string') return null
    return { answer: { headers, body: packed.subarray(end + 1) }, expiresMs }
  } catch {
    return null
  }
}
