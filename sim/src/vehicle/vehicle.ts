import { G_MPS2 } from '@fairmile/contract/units.ts'

/** What the driver asks of the car and the road gives it, for one step. */
export interface VehicleInput {
  /** Acceleration wanted along the road, m/s². */
  accelerationMps2: number
  /** Wanted angle of the front wheels, rad, positive to the left. */
  steeringRad: number
  /** Curvature (1/m) and slope (rise over run) of the road under the car. */
  curvature: number
  slope: number
  /** How the road leans (rise to the left over run). @default 0 */
  bank?: number
  /** How slope and bank change along the road, 1/m. @default 0 */
  crest?: number
  twist?: number
}

/** State of the car; axes as ISO 8855 (x forward, y left, z up), angles in radians. */
export interface Vehicle {
  /** Metres along the road, and from its middle (left positive). */
  atM: number
  offsetM: number
  /** Heading relative to the road, and absolute: counter-clockwise from east. */
  headingError: number
  heading: number
  /** Velocity in the car's axes, m/s, and yaw rate. */
  vx: number
  vy: number
  yawRate: number
  steering: number
  /** True accelerations of the centre of gravity in the car's axes, without gravity, m/s². */
  aLong: number
  aLat: number
  /** Angular acceleration about z. */
  yawAcceleration: number
  /** Lean of the body on its springs: roll to the right positive about x, pitch nose down positive about y; rates. */
  roll: number
  rollRate: number
  pitch: number
  pitchRate: number
  slope: number
  bank: number
  /** Acceleration upwards over crests and through dips, m/s². */
  aUp: number
  /** How fast the road tilts the car, rad/s: nose up, and to the right. */
  slopeRate: number
  bankRate: number
  /** Lean of this car's body, rad per g. */
  rollRadPerG: number
  pitchRadPerG: number
  /** What this car's engine and tyres give: watts, and pull in g. */
  powerW: number
  tractionG: number
  /** Force at the wheels now, per kilogram. */
  drive: number
}

/**
 * A mid-size car. Mass, inertia, axle distances and cornering stiffness (per axle): R. Rajamani, Vehicle Dynamics and
 * Control, 2nd ed. 2012, the example passenger car of chapter 3. Drag area and rolling resistance: T. Gillespie,
 * Fundamentals of Vehicle Dynamics, 1992, chapter 4 (Cd·A ≈ 0.65 m², f ≈ 0.012). Power: 85 kW, about the mean of new
 * cars in the EU a decade ago. Body lean: 4°/g roll and 1.8°/g pitch with 1.4 Hz, within Gillespie's ranges (chapter 6).
 */
export const midSizeCar = {
  massKg: 1573,
  yawInertia: 2873,
  frontM: 1.1,
  rearM: 1.58,
  stiffnessFront: 160_000,
  stiffnessRear: 160_000,
  dragArea: 0.65,
  airDensity: 1.2,
  rolling: 0.012,
  powerW: 85_000,
  /** Front-wheel drive pulls with about half of the weight. */
  tractionG: 0.48,
  /** Dry asphalt. */
  friction: 0.92,
  engineLagS: 0.25,
  brakeLagS: 0.1,
  steeringLagS: 0.08,
  rollRadPerG: 4 * (Math.PI / 180),
  pitchRadPerG: 1.8 * (Math.PI / 180),
  bodyHz: 1.4,
  bodyDamping: 0.3,
} as const

/** Below this speed the kinematic bicycle holds, above the next the dynamic one (tyre equations are stiff at a crawl). */
const KINEMATIC_BELOW_MPS = 4
const DYNAMIC_ABOVE_MPS = 6

/** A standing car at the start of a road. */
export function createVehicle(heading: number): Vehicle {
  return {
    atM: 0,
    offsetM: 0,
    headingError: 0,
    heading,
    vx: 0,
    vy: 0,
    yawRate: 0,
    steering: 0,
    aLong: 0,
    aLat: 0,
    yawAcceleration: 0,
    roll: 0,
    rollRate: 0,
    pitch: 0,
    pitchRate: 0,
    slope: 0,
    bank: 0,
    aUp: 0,
    slopeRate: 0,
    bankRate: 0,
    rollRadPerG: midSizeCar.rollRadPerG,
    pitchRadPerG: midSizeCar.pitchRadPerG,
    powerW: midSizeCar.powerW,
    tractionG: midSizeCar.tractionG,
    drive: 0,
  }
}

/** Moves the car by one step of `dt` seconds (explicit Euler, made for 10 ms). */
export function stepVehicle(car: Vehicle, input: VehicleInput, dt: number): void {
  const vxBefore = car.vx
  const vyBefore = car.vy
  const yawBefore = car.yawRate
  car.slope = input.slope
  car.bank = input.bank ?? 0
  car.aUp = car.vx * car.vx * (input.crest ?? 0)
  car.slopeRate = (car.vx * (input.crest ?? 0)) / (1 + car.slope * car.slope)
  car.bankRate = (car.vx * (input.twist ?? 0)) / (1 + car.bank * car.bank)
  stepLongitudinal(car, input, dt)
  car.steering += (input.steeringRad - car.steering) * (dt / (midSizeCar.steeringLagS + dt))
  stepLateral(car, dt)
  car.aLong = (car.vx - vxBefore) / dt - car.yawRate * vyBefore
  car.aLat = (car.vy - vyBefore) / dt + car.yawRate * car.vx
  car.yawAcceleration = (car.yawRate - yawBefore) / dt
  stepBody(car, dt)
  const cos = Math.cos(car.headingError)
  const sin = Math.sin(car.headingError)
  const along = (car.vx * cos - car.vy * sin) / Math.max(0.2, 1 - input.curvature * car.offsetM)
  car.atM += along * dt
  car.offsetM += (car.vx * sin + car.vy * cos) * dt
  car.headingError += (car.yawRate - input.curvature * along) * dt
  car.heading += car.yawRate * dt
}

/** m·a = pull − brake − drag − rolling − slope, within power, traction and friction. */
function stepLongitudinal(car: Vehicle, input: VehicleInput, dt: number): void {
  const c = midSizeCar
  const drag = (0.5 * c.airDensity * c.dragArea * car.vx * car.vx) / c.massKg
  const moving = car.vx > 0.01
  const resistance = drag + (moving ? c.rolling * G_MPS2 : 0) + G_MPS2 * input.slope
  const most = Math.min(car.tractionG * G_MPS2, car.powerW / (c.massKg * Math.max(1, car.vx)))
  const wanted = Math.max(-c.friction * G_MPS2, Math.min(most, input.accelerationMps2 + resistance))
  const lag = wanted < 0 || car.drive < 0 ? c.brakeLagS : c.engineLagS
  car.drive += (wanted - car.drive) * (dt / (lag + dt))
  const next = car.vx + (car.drive - resistance) * dt
  // Brakes hold, they do not push back.
  car.vx = next > 0 && (moving || input.accelerationMps2 > 0) ? next : 0
}

/** Bicycle model: tyre forces saturate within the friction that braking leaves (friction circle). */
function stepLateral(car: Vehicle, dt: number): void {
  const c = midSizeCar
  const base = c.frontM + c.rearM
  const kinematicYaw = (car.vx * Math.tan(car.steering)) / base
  const kinematicVy = kinematicYaw * c.rearM
  if (car.vx < KINEMATIC_BELOW_MPS) {
    car.yawRate = kinematicYaw
    car.vy = kinematicVy
    return
  }
  const along = Math.min(0.95, Math.abs(car.drive) / (c.friction * G_MPS2))
  const grip = c.friction * c.massKg * G_MPS2 * Math.sqrt(1 - along * along)
  const frontMost = (grip * c.rearM) / base
  const rearMost = (grip * c.frontM) / base
  const slipFront = car.steering - (car.vy + c.frontM * car.yawRate) / car.vx
  const slipRear = -(car.vy - c.rearM * car.yawRate) / car.vx
  const front = frontMost * Math.tanh((c.stiffnessFront * slipFront) / frontMost)
  const rear = rearMost * Math.tanh((c.stiffnessRear * slipRear) / rearMost)
  const vy = car.vy + ((front + rear) / c.massKg - car.vx * car.yawRate) * dt
  const yawRate = car.yawRate + ((c.frontM * front - c.rearM * rear) / c.yawInertia) * dt
  const share = Math.min(1, (car.vx - KINEMATIC_BELOW_MPS) / (DYNAMIC_ABOVE_MPS - KINEMATIC_BELOW_MPS))
  car.vy = kinematicVy + (vy - kinematicVy) * share
  car.yawRate = kinematicYaw + (yawRate - kinematicYaw) * share
}

/** The body leans against the acceleration like a damped spring. */
function stepBody(car: Vehicle, dt: number): void {
  const c = midSizeCar
  const omega = 2 * Math.PI * c.bodyHz
  const rollGoal = (car.rollRadPerG * car.aLat) / G_MPS2
  const pitchGoal = (-car.pitchRadPerG * car.aLong) / G_MPS2
  car.rollRate += (omega * omega * (rollGoal - car.roll) - 2 * c.bodyDamping * omega * car.rollRate) * dt
  car.pitchRate += (omega * omega * (pitchGoal - car.pitch) - 2 * c.bodyDamping * omega * car.pitchRate) * dt
  car.roll += car.rollRate * dt
  car.pitch += car.pitchRate * dt
}
