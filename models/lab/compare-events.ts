import type { LabEvent } from './replay-drive.ts'

/** The events of one drive, judged twice. */
export interface EventChanges {
  same: number
  appeared: LabEvent[]
  vanished: LabEvent[]
  /** The same event in another band or of another grade. */
  changed: { before: LabEvent; after: LabEvent }[]
}

/** Events of a kind that overlap are one and the same; of several the one with which it shares most of its time. */
export function compareEvents(before: readonly LabEvent[], after: readonly LabEvent[]): EventChanges {
  const pairs = before
    .flatMap((a) => after.map((b) => ({ a, b, sharedS: sharedSeconds(a, b) })))
    .filter(({ a, b, sharedS }) => a.kind === b.kind && sharedS >= 0)
    .sort((x, y) => y.sharedS - x.sharedS)
  const partner = new Map<LabEvent, LabEvent>()
  const taken = new Set<LabEvent>()
  for (const { a, b } of pairs) {
    if (partner.has(a) || taken.has(b)) continue
    partner.set(a, b)
    taken.add(b)
  }
  const changed = [...partner]
    .filter(([a, b]) => a.band !== b.band || a.grade !== b.grade)
    .map(([a, b]) => ({ before: a, after: b }))
  return {
    same: partner.size - changed.length,
    appeared: after.filter((event) => !taken.has(event)),
    vanished: before.filter((event) => !partner.has(event)),
    changed,
  }
}

/** Seconds that two events share; negative where they are apart. */
function sharedSeconds(a: LabEvent, b: LabEvent): number {
  return Math.min(a.endS, b.endS) - Math.max(a.startS, b.startS)
}
