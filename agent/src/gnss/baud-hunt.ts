/** Rates that receivers leave the factory with, the commonest first: u-blox and MediaTek, u-blox 9 and later, RTK boards, SiRF, … */
export const usualBauds = [9600, 38_400, 115_200, 4800, 57_600, 230_400, 19_200, 460_800] as const

export interface BaudHuntOptions {
  /** The rate that is set; null to find it. */
  fixed: number | null
  /** The rate at which sentences were last heard, in this run or one before. */
  last: number | null
  /** Keeps the rate at which sentences are heard, for the next run. */
  keep: (baud: number) => void
}

/** Which baud rate a line is opened with: the one set, or each of the usual ones until sentences are heard. */
export const createBaudHunt = ({ fixed, last, keep }: BaudHuntOptions) => {
  const orderFrom = (first: number): number[] => [first, ...usualBauds.filter((baud) => baud !== first)]
  let order = orderFrom(fixed ?? last ?? usualBauds[0])
  let at = 0
  let settled = fixed !== null
  let known = fixed ?? last
  let raised = false
  return {
    isFixed: fixed !== null,
    get baud(): number {
      return order[at] as number
    },
    /** Whether the rate is set, or sentences were heard at it. */
    get isSettled(): boolean {
      return settled
    },
    /** Sentences are heard at this rate. */
    heard(): void {
      if (settled) return
      settled = true
      if (order[at] !== known) keep(order[at] as number)
      known = order[at] as number
    },
    /** None is heard: the next rate is due. Answers whether all have now been tried in vain. */
    failed(): boolean {
      if (fixed !== null) return false
      if (settled) {
        order = orderFrom(order[at] as number)
        at = 0
        settled = false
      }
      at = (at + 1) % order.length
      return at === 0
    },
    /** Whether the receiver may be told to go on at another rate: once, lest a line that cannot do it goes to and fro. */
    get mayRaise(): boolean {
      return fixed === null && !raised
    },
    /** The receiver was told to go on at this rate. */
    raise(baud: number): void {
      raised = true
      order = orderFrom(baud)
      at = 0
      settled = false
    },
  }
}

export type BaudHunt = ReturnType<typeof createBaudHunt>
