import { hash } from 'node:crypto'
import { type Answer, packAnswer, unpackAnswer } from './answer.ts'
import type { Far, FarKey } from './far.ts'
import type { Entry } from './memory.ts'

/** What is asked for: everything that the answer depends on. */
export interface CacheKey {
  /** Path, parameters as the route reads them, subject and role in one text. */
  readonly text: string
  /** The path alone: what patterns are matched with. */
  readonly path: string
  /** The route that takes it, for the counts. */
  readonly route: string
  readonly tags: readonly string[]
  readonly ttlMs: number
  /** For how long who asks meanwhile waits for the same computation, milliseconds. @default as long as it takes */
  readonly sharedMs?: number
}

/** Computes an answer; null where it may not be kept. */
export type Compute = () => Promise<Answer | null>

export interface Found {
  readonly answer: Answer | null
  /** What may be kept of it in memory; null where nothing may. */
  readonly entry: Entry | null
  /** It comes from the shared layer. */
  readonly far: boolean
}

interface FindOptions {
  readonly far: Far | null
  /** Moment of the memory's clock before anything is looked up. */
  readonly asOf: number
  /** Wall clock, epoch milliseconds. */
  readonly now: () => number
  /** Monotonic clock, milliseconds. */
  readonly monotonicMs: () => number
}

/** Finds an answer in the shared layer, or computes it and keeps it there. */
export async function findAnswer(key: CacheKey, compute: Compute, options: FindOptions): Promise<Found> {
  const { far, asOf, now, monotonicMs } = options
  const { text, path, route, tags, ttlMs } = key
  const farKey: FarKey = { path, tags, hash: hash('sha256', text, 'base64url') }
  const look = (await far?.look(farKey)) ?? null
  const stored = look?.found ? unpackAnswer(look.found) : null
  if (stored && stored.expiresMs > now()) {
    const entry = { ...stored, path, route, tags, asOf, storedMs: monotonicMs() }
    return { answer: stored.answer, entry, far: true }
  }
  const answer = await compute()
  if (answer === null) return { answer, entry: null, far: false }
  const storedMs = monotonicMs()
  const expiresMs = now() + ttlMs
  if (look) far?.keep(farKey, { asOf: look.asOf, packed: packAnswer(answer, expiresMs), ttlMs })
  return { answer, entry: { answer, path, route, tags, asOf, storedMs, expiresMs }, far: false }
}
