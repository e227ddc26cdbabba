/** Moments of a turn: of the 10,000 sockets that a process may hold, 34 have their beat at one, about what the database takes at once. */
const moments = 300

interface BeatsOptions<Member> {
  /** How often each member has its beat, milliseconds. */
  readonly turnMs: number
  readonly beat: (member: Member) => void
}

/** Gives each of its members a beat once a turn. */
interface Beats<Member> {
  /** Takes one in; the returned function takes it out, any number of times. */
  add: (member: Member) => () => void
  stop: () => void
}

/** Beats that are spread over their turn: what all of them ask for is never asked at once. */
export function createBeats<Member>({ turnMs, beat }: BeatsOptions<Member>): Beats<Member> {
  const places = Array.from({ length: moments }, () => new Set<Member>())
  const placeOf = (at: number): Set<Member> => places[at % moments] as Set<Member>
  let moment = 0
  let added = 0
  const timer = setInterval(() => {
    moment = (moment + 1) % moments
    for (const member of placeOf(moment)) beat(member)
  }, turnMs / moments)
  timer.unref()

  return {
    add: (member) => {
      const place = placeOf(added++)
      place.add(member)
      return () => void place.delete(member)
    },
    stop: () => clearInterval(timer),
  }
}
