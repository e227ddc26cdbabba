/** How a crash is told from everything else that shakes a car or the box in it. */
export interface CrashThreshold {
  /** An impact is a change of the horizontal velocity by this much … */
  deltaVMps: number
  /** … within this time … */
  windowMs: number
  /** … of which so much comes on top of what the car was doing in the time before, so that hard braking is none. */
  excessMps: number
  beforeMs: number
  /** From here on it is sure at once; below, it must last for `settleMs` with `keepShare` of it left: a knocked mount swings back. */
  sureDeltaVMps: number
  settleMs: number
  keepShare: number
  /** No crumpling takes less than this: a change of which `knockShare` falls into it is a knock on the box. */
  knockMs: number
  knockShare: number
  /** A box that has fallen for so long feels less than `fallMps2`, and whatever it lands on within `landMs` is no crash. */
  fallMps2: number
  fallMs: number
  landMs: number
  /** A box that was turned this fast is in somebody's hands; faster still where the car moves and may be spinning. */
  handledRps: number
  spunRps: number
  movingMps: number
  /** A pulse lasts while the velocity changes by so much in `stirMs`, at most `pulseMs`; what follows within `sameMs` is the same crash. */
  stirMps: number
  stirMs: number
  pulseMs: number
  sameMs: number
  /** The peak is the largest mean over so long: what a CFC 60 filter (SAE J211) leaves of it. */
  peakMs: number
  /** Samples further apart cannot show a pulse; a longer step is a gap, behind which judging begins anew. */
  maxStepMs: number
  maxGapMs: number
  /** Gravity is the mean of this long; nothing is judged before `restMinMs` of it. */
  restMs: number
  restMinMs: number
  rollover: {
    /** Gravity has turned by more than this … */
    tiltDeg: number
    /** … for so long, in a car that moved within `movedMs` before and has come to a stand within `stopMs`. */
    holdMs: number
    movedMs: number
    movedMps: number
    stopMs: number
    standingMps: number
  }
}

/**
 * 7 km/h within 120 ms is Digital Matter's rule; 49 CFR 563.5 has event recorders take ΔV for at most 250 ms, and a crash as
 * over when 20 ms bring 0.8 km/h or less. Geotab's 2.5 g alone would be met by potholes and slammed doors, whose pulses are too short to change the velocity.
 * A full brake of 1.1 g makes 4.7 km/h in 120 ms.
 */
export const crashThreshold: CrashThreshold = {
  deltaVMps: 7 / 3.6,
  windowMs: 120,
  excessMps: 5.5 / 3.6,
  beforeMs: 300,
  sureDeltaVMps: 20 / 3.6,
  settleMs: 60,
  keepShare: 0.7,
  knockMs: 25,
  knockShare: 0.8,
  fallMps2: 4,
  fallMs: 120,
  landMs: 500,
  handledRps: 2,
  spunRps: 3,
  movingMps: 2,
  stirMps: 0.8 / 3.6,
  stirMs: 20,
  pulseMs: 250,
  sameMs: 3000,
  peakMs: 10,
  maxStepMs: 25,
  maxGapMs: 60,
  restMs: 20_000,
  restMinMs: 2000,
  rollover: { tiltDeg: 60, holdMs: 1500, movedMs: 15_000, movedMps: 10 / 3.6, stopMs: 8000, standingMps: 1.5 },
}
