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
