import { UsageError } from '../errors.ts'

/** Requests a minute that each policy lets through; 0: as many as come. */
export interface RateLimits {
  /** Of one who is logged in. A page asks about ten things when it opens. */
  readonly user: number
  /** Of one network address, of those who are not: many people may be behind one. */
  readonly address: number
  /** Log-ins of one network address, and what sets passwords by links: each costs a hash that is meant to be slow, or a mail. */
  readonly login: number
}

export const rateLimitDefaults: RateLimits = { user: 6_000, address: 600, login: 120 }
const names = Object.keys(rateLimitDefaults) as (keyof RateLimits)[]

/**
 * Reads limits that differ from the defaults: `user=1200,login=30`.
 *
 * @throws {UsageError} for a policy that there is none of, or a number that is none
 */
export function readRateLimits(text: string): RateLimits {
  const limits = { ...rateLimitDefaults }
  for (const part of text.split(',').filter((given) => given.trim() !== '')) {
    const [name = '', count = ''] = part.split('=').map((word) => word.trim())
    if (!Object.hasOwn(rateLimitDefaults, name) || !/^\d{1,7}$/.test(count))
      throw new UsageError(
        `FAIRMILE_RATE_LIMITS must be NAME=REQUESTS a minute, several with commas between, and not "${part}": a name is one of ${names.join(', ')}, 0 lets all through`,
      )
    limits[name as keyof typeof limits] = Number(count)
  }
  return limits
}
