import type { EventKind } from '@fairmile/contract/driving-event.ts'
import type { Candidate } from './detector.ts'

/** Lane changes that are remembered: events that they cover wait ten seconds for their trace, and each takes 1.5 s. */
const remembered = 8
/** Other kinds' events may reach so far beyond a lane change and still be its swings, ms. */
const slackMs = 500

/** One manoeuvre is one event: a lane change stands for the bends that its swings look like. */
export function createLaneChanges(insteadOf: readonly EventKind[]) {
  let newest: Candidate[] = []

  const within = (candidate: Candidate, change: Candidate): boolean =>
    insteadOf.includes(candidate.kind) &&
    candidate.startMs >= change.startMs - slackMs &&
    candidate.endMs <= change.endMs + slackMs

  return {
    /**
     * Takes a lane change, and gives the number of what it stands for, so that a driver who was told of a bend finds the event.
     *
     * @param numbered events that are not judged yet
     */
    take(change: Candidate, numbered: Iterable<readonly [Candidate, number]>): number | null {
      newest = [...newest.slice(1 - remembered), change]
      for (const [candidate, n] of numbered) if (within(candidate, change)) return n
      return null
    },
    /** Whether a lane change stands for this event. */
    covers: (candidate: Candidate): boolean => newest.some((change) => within(candidate, change)),
  }
}
