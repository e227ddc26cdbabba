/** Why a driver contests an event; `not_me` concerns the whole trip. */
export const contestReasons = ['emergency', 'road', 'wrong_limit', 'sensor', 'not_me', 'other'] as const
export type ContestReason = (typeof contestReasons)[number]

/** How a contest stands: the first two are pending, and the event counts for nothing; then it counts again, unless the contest was upheld. */
export const contestStates = ['open', 'awaiting_second', 'upheld', 'rejected', 'withdrawn'] as const
export type ContestState = (typeof contestStates)[number]
export const pendingStates = ['open', 'awaiting_second'] as const satisfies readonly ContestState[]

/** What a word on a contest says, and whose it is: silence is ten working days without one. */
export const contestRulings = ['upheld', 'rejected', 'withdrawn'] as const
export type Ruling = (typeof contestRulings)[number]
export const rulers = ['admin', 'silence', 'driver'] as const
export type Ruler = (typeof rulers)[number]
