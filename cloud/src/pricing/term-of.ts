import type { policies } from '../db/schema/people.ts'

const dayMs = 86_400_000

/** A policy's term, UTC epoch milliseconds, end excluded. */
export const termOf = ({ startsOn, endsOn }: Pick<typeof policies.$inferSelect, 'startsOn' | 'endsOn'>) => ({
  startsAt: Date.parse(startsOn),
  endsAt: Date.parse(endsOn) + dayMs,
})
