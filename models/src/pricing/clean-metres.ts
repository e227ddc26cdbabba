/** What must be clean as a whole where the plan says `stretch`. */
export const stretchM = 10_000

/** A trip, its segments joined: what of it could be judged, and the risk factors in it. */
export interface Unit {
  gradableM: number
  brakes: number
  others: number
}

/** Counts the clean metres of trips one after another: what they come to is known after each, at the cost of that one. */
export interface CleanMetres {
  /** Takes the next trip; it may still grow until another is taken. */
  begin(unit: Unit): void
  /** Clean metres to date, with so many harsh brakes forgiven. */
  cleanM(forgiven: number): number
}

/** Gradable metres of units without a factor, and of the units that are worth most among those that may be forgiven their brakes. */
export function cleanByTrip(): CleanMetres {
  let doneM = 0
  let doneBrakes = 0
  let current: Unit | null = null
  const braking: Unit[] = []
  /** The most metres for so many forgiven brakes: the best choice never gets better by one more event, which a first-come choice may. */
  let best = new Float64Array(1)
  const choose = ({ brakes, gradableM }: Unit): void => {
    for (let n = best.length - 1; n >= brakes; n--) best[n] = Math.max(best[n]!, best[n - brakes]! + gradableM)
  }
  const finish = (unit: Unit): void => {
    if (unit.others > 0) return
    if (unit.brakes === 0) {
      doneM += unit.gradableM
      return
    }
    doneBrakes += unit.brakes
    braking.push(unit)
    choose(unit)
  }
  return {
    begin(unit) {
      if (current) finish(current)
      current = unit
    },
    cleanM(forgiven) {
      const last = current?.others === 0 ? current : { gradableM: 0, brakes: 0 }
      const cleanM = last.brakes === 0 ? doneM + last.gradableM : doneM
      const most = Math.min(Math.floor(forgiven), doneBrakes + last.brakes)
      if (most === 0) return cleanM
      if (most >= best.length) {
        // Twice as many as are asked for, so that the choice is not made anew with every brake more that is forgiven.
        best = new Float64Array(2 * most + 1)
        for (const unit of braking) choose(unit)
      }
      const isForgivable = last.brakes > 0 && last.brakes <= most
      return cleanM + (isForgivable ? Math.max(best[most]!, best[most - last.brakes]! + last.gradableM) : best[most]!)
    },
  }
}

/**
 * Gradable metres without a stretch for each factor. Trip statistics do not say where on the way an event was, so each is held to have spoiled
 * a stretch of its own; what is left depends on sums alone, and no cut or merger of trips changes it.
 */
export function cleanByStretch(): CleanMetres {
  const done: Unit = { gradableM: 0, brakes: 0, others: 0 }
  let current: Unit = { gradableM: 0, brakes: 0, others: 0 }
  return {
    begin(unit) {
      done.gradableM += current.gradableM
      done.brakes += current.brakes
      done.others += current.others
      current = unit
    },
    cleanM(forgiven) {
      const gradableM = done.gradableM + current.gradableM
      const brakes = done.brakes + current.brakes
      const others = done.others + current.others
      return Math.max(0, gradableM - stretchM * (others + Math.max(0, brakes - forgiven)))
    },
  }
}
