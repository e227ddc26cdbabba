/** A vehicle's electrical system: what its battery may fall to while nothing charges it. */
interface BatterySystem {
  /** A resting battery of it is between these, millivolts. */
  fromMv: number
  toMv: number
  /** Below this the starter may want what is left. */
  cutMv: number
  /** From this on it has recovered: a load that is switched off lifts a battery by some tenths of a volt, charge by more. */
  backMv: number
}

/**
 * Lead-acid at rest: 2.07 V a cell is half charged, 2.11 V about 80 % (Battery Council International, open-circuit voltage against state of
 * charge, 12.2 V and 12.5 V for six cells). The agent's own load takes off a few hundredths.
 */
const systems: readonly BatterySystem[] = [
  { fromMv: 8_000, toMv: 16_500, cutMv: 12_200, backMv: 12_500 },
  { fromMv: 18_000, toMv: 33_000, cutMv: 24_400, backMv: 25_000 },
]

/** A starter pulls a battery down for seconds; what stays low for this long is empty, milliseconds. */
const lowMs = 60_000

/** Watches a battery that nothing charges. */
export interface BatteryWatch {
  /** Takes a voltage (null: not measured); true once it has been low for a minute, until it has recovered. */
  push(tMs: number, batteryMv: number | null): boolean
  /** Something charges it: begin anew. */
  reset(): void
}

/** Makes the watch of a 12 V or 24 V battery, whichever the voltage is of; a voltage of neither says nothing. */
export function createBatteryWatch(): BatteryWatch {
  let lowSinceMs: number | null = null
  let isLow = false
  return {
    push(tMs, batteryMv) {
      const system = systems.find(({ fromMv, toMv }) => batteryMv !== null && batteryMv >= fromMv && batteryMv <= toMv)
      if (system === undefined || batteryMv === null) return isLow
      if (batteryMv >= (isLow ? system.backMv : system.cutMv)) {
        lowSinceMs = null
        isLow = false
        return false
      }
      lowSinceMs ??= tMs
      isLow ||= tMs - lowSinceMs >= lowMs
      return isLow
    },
    reset() {
      lowSinceMs = null
      isLow = false
    },
  }
}
