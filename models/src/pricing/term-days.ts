const dayMs = 86_400_000

/** Days of a term that have begun at a time; none before it starts, all after its end. */
export function termDays({ startsAt, endsAt }: { startsAt: number; endsAt: number }, at: number): number {
  return Math.max(0, Math.ceil((Math.min(at, endsAt) - startsAt) / dayMs))
}
