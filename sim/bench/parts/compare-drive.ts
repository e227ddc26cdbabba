import type { Mount } from '../../src/sensors/mount.ts'
import { createLowPass } from '../../src/truth/low-pass.ts'
import { type Detection, isWrong, kinds, type Matching, matchEvents, nearestTruth, rules } from './match-events.ts'
import { type MountError, mountError } from './mount-error.ts'
import type { AgentDrive } from './replay-agent.ts'
import type { TrueDrive, TrueMotion } from './true-drive.ts'

/** F1 is asked of events of at least so much, g, whatever their kind. */
const askedG = 0.4
/** Motion is compared from here on, s: first the agent has to find the mount. */
const settledS = 300
/** Bands are judged on accelerations below so much; motion comes at that rate. */
const bandsHz = 2
const motionHz = 10

/** How the detections of one judge compare with the truth of one drive. */
export interface Judged {
  /** At 0.40 g, by kind in the order of `kinds`. */
  matchings: Matching[]
  /** Of any band: claims that are wrong by more than 0.05 g, and those among them that the speed gate alone forbids. */
  wrong: Detection[]
  gateOnly: number
  falseOnes: Detection[]
  gradeA: number
  gradeAWrong: Detection[]
  /** Found peak less true peak of every right event, g. */
  peakErrorsG: number[]
}

/** One drive, compared. */
export interface DriveResult {
  name: string
  folder: string
  variant: string
  distanceKm: number
  durationS: number
  agent: Judged
  reference: Judged
  mount: MountError
  tiltSigmaDeg: number
  yawSigmaDeg: number
  confidence: number
  lagMs: number
  distanceError: number
  /** Mean squares over the samples of a settled drive; NaN where there are none. */
  speedSquare: number
  aLongSquare: number
  aLatSquare: number
  crashes: number
}

/** Judges detections against a drive's truth. */
function judge(detections: readonly Detection[], truth: TrueDrive, gated: boolean): Judged {
  const wrong = detections.filter((detection) => isWrong(detection, truth, gated))
  const gradeA = detections.filter(({ grade }) => grade === 'A')
  return {
    matchings: kinds.map((kind) => matchEvents({ kind, thresholdG: askedG, truth, detections, gated })),
    wrong,
    gateOnly: wrong.filter((detection) => !isWrong(detection, truth, false)).length,
    // A band too low is wrong, but an event nonetheless.
    falseOnes: wrong.filter((one) => (nearestTruth(one, truth, gated)?.peak_g ?? 0) < lowestG(one) - 0.05),
    gradeA: gradeA.length,
    gradeAWrong: gradeA.filter((detection) => wrong.includes(detection)),
    peakErrorsG: detections
      .filter((detection) => !wrong.includes(detection))
      .map((detection) => detection.peakG - (nearestTruth(detection, truth, gated)?.max_g ?? Number.NaN)),
  }
}

const lowestG = ({ kind }: Detection): number => rules[kind as keyof typeof rules].bandsG.log

/** Compares what the agent and the reference made of one drive with its truth. */
export function compareDrive(options: {
  name: string
  folder: string
  variant: string
  agent: AgentDrive
  reference: readonly Detection[]
  truth: TrueDrive
  mount: Mount
  gated: boolean
}): DriveResult {
  const { name, folder, variant, agent, truth, gated } = options
  const { tiltSigmaDeg, yawSigmaDeg, confidence, lagMs } = agent.calibration
  return {
    name,
    folder,
    variant,
    distanceKm: truth.distanceKm,
    durationS: truth.durationS,
    agent: judge(agent.detections, truth, gated),
    reference: judge(options.reference, truth, gated),
    mount: mountError(agent.calibration, options.mount, truth.levelForce),
    tiltSigmaDeg,
    yawSigmaDeg,
    confidence,
    lagMs,
    distanceError: agent.distanceKm / truth.distanceKm - 1,
    ...motionErrors(agent, truth.motion),
    crashes: agent.counts.crash ?? 0,
  }
}

/** Mean squares of the differences of both motions at the agent's times, accelerations behind the low-pass of the bands. */
function motionErrors({ motion }: AgentDrive, truth: TrueMotion) {
  let at = 0
  const along = createLowPass(bandsHz, motionHz)
  const lat = createLowPass(bandsHz, motionHz)
  const sum = { speed: 0, along: 0, lat: 0, speeds: 0, alongs: 0, lats: 0 }
  for (const sample of motion) {
    if (sample.tS < settledS) continue
    while (at + 1 < truth.tS.length && truth.tS[at + 1]! <= sample.tS + 0.05) at++
    const { speedMps, aLongMps2, aLatMps2 } = sample
    if (speedMps !== null) sum.speeds += 1
    sum.speed += speedMps === null ? 0 : (speedMps - truth.speedMps[at]!) ** 2
    if (aLongMps2 !== null) sum.alongs += 1
    sum.along += aLongMps2 === null ? 0 : along(aLongMps2 - truth.aLong[at]!) ** 2
    if (aLatMps2 !== null) sum.lats += 1
    sum.lat += aLatMps2 === null ? 0 : lat(aLatMps2 - truth.aLat[at]!) ** 2
  }
  return {
    speedSquare: sum.speed / sum.speeds,
    aLongSquare: sum.along / sum.alongs,
    aLatSquare: sum.lat / sum.lats,
  }
}
