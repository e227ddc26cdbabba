import { UsageError } from '../errors.ts'

/**
 * Risk, 0 (safest) to 100, from which a driver is told that it is high; told again only after it was below `calm` in between, so that a
 * score that wavers around the limit is not told after each trip.
 */
export interface HighRisk {
  readonly limit: number
  readonly calm: number
}

export const highRiskDefault: HighRisk = Object.freeze({ limit: 70, calm: 60 })

/**
 * Reads `70/60`: the limit, and below what it is calm again.
 *
 * @throws {UsageError} that says what is wrong
 */
export function readHighRisk(text: string): HighRisk {
  if (text === '') return highRiskDefault
  const [limit = '', calm = '', ...more] = text.split('/')
  const isPercent = (part: string) => /^(100|\d{1,2})(\.\d{1,3})?$/.test(part) && Number(part) <= 100
  if (
    more.length > 0 ||
    !isPercent(limit) ||
    !isPercent(calm) ||
    !(Number(calm) <= Number(limit)) ||
    Number(limit) === 0
  )
    throw new UsageError(
      `FAIRMILE_HIGH_RISK must be a limit of the risk above 0 and up to 100, and below what it is calm again, no higher, like 70/60; it is "${text}"`,
    )
  return Object.freeze({ limit: Number(limit), calm: Number(calm) })
}
