/** Doubt at which a model is set aside: three failures in a row, 0.3 s of driving; one alone may be a hiccup of the computer. */
const tooMuch = 3
/** What a late answer adds: a healthy one takes a thousandth of the limit, so two are enough. */
const ofLate = 1.5
/** What a good score takes away: a model that fails more often than one time in eleven ends by being set aside. */
const takenByGood = 0.1

/** How much a model is doubted. */
export interface Doubt {
  /** True where it is now too much. */
  failed(isLate: boolean): boolean
  good(): void
  clear(): void
}

/** Adds up a model's failures, which good scores slowly outweigh. */
export function createDoubt(): Doubt {
  let sum = 0
  return {
    failed(isLate) {
      sum += isLate ? ofLate : 1
      // Half a good score of slack for the rounding of tenths.
      return sum >= tooMuch - takenByGood / 2
    },
    good() {
      sum = Math.max(0, sum - takenByGood)
    },
    clear() {
      sum = 0
    },
  }
}
