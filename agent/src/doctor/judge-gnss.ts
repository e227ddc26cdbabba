import type { Found } from './check.ts'
import type { Heard } from './hear.ts'

/** Above it a fix is not good enough for evidence (the grade table's own bound). */
const maxHdop = 4

/** What a receiver's first seconds say of it. */
export function judgeGnss({ fixes, newest, troubles }: Heard, name: string): Found {
  if (newest === null) {
    const trouble = troubles.get('gnss') ?? `${name}: nothing heard; check its cable, power and baud rate`
    return { result: 'failed', detail: trouble }
  }
  const { lat, satellites, hdop, mode } = newest
  const seen = `${satellites ?? 'unknown'} satellites`
  if (lat === null)
    return {
      result: 'warning',
      detail: `${name}: it speaks, but has no position yet (${seen}): give the antenna a view of the sky`,
    }
  const told = `${name}: ${mode === 3 ? '3D' : '2D'} fix, ${seen}, HDOP ${hdop ?? 'unknown'}, ${fixes} fixes heard`
  if (hdop !== null && hdop > maxHdop)
    return {
      result: 'warning',
      detail: `${told}: too weak for evidence; move the antenna away from metal and heated glass`,
    }
  return { result: 'ok', detail: told }
}
