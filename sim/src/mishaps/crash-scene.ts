import { createRandom, type Random } from '../random.ts'
import { createImu, type ImuReading } from '../sensors/imu.ts'
import { drawMount, type Mount } from '../sensors/mount.ts'
import { createVibration } from '../sensors/vibration.ts'
import { createVehicle, stepVehicle, type VehicleInput } from '../vehicle/vehicle.ts'
import { type Collision, collisionJolt, drawCollision } from './collision.ts'
import { createJoltPlayer } from './jolt.ts'

/** The drive before, and what is felt after, seconds. */
const BEFORE_S = 25
const AFTER_S = 6
/** A parked or waiting car is hit in so many of the scenes. */
const STANDING_SHARE = 0.15

/** Half a minute of a car that ends in a collision. */
export interface CrashScene {
  mount: Mount
  collision: Collision
  /** Seconds into the scene at which it begins. */
  crashS: number
  /** Plays the scene; the reading is one object, overwritten each time. */
  play(imu: (timeS: number, reading: ImuReading, speedMps: number) => void): void
}

/** Draws a scene for an IMU that is read `rateHz` times a second. */
export function drawCrashScene(options: { seed: number; rateHz: number }): CrashScene {
  const random = createRandom(options.seed, 'crash-scene')
  const collision = drawCollision(random.fork('collision'))
  const mount = drawMount(random.fork('mount'))
  return {
    mount,
    collision,
    crashS: BEFORE_S,
    play(imu) {
      play({ ...options, random, collision, mount }, imu)
    },
  }
}

function play(
  { random, rateHz, collision, mount }: { random: Random; rateHz: number; collision: Collision; mount: Mount },
  imu: Parameters<CrashScene['play']>[0],
): void {
  const dt = 1 / rateHz
  const car = createVehicle(0)
  const standing = random.chance(STANDING_SHARE)
  car.vx = standing ? 0 : random.range(3, 36)
  const vibration = createVibration(random.fork('vibration'))
  const sensor = createImu({ mount, rateHz, random: random.fork('imu') })
  const player = createJoltPlayer(rateHz)
  const roughness = random.range(0.5, 2)
  const jolt = collisionJolt(collision)
  const brakesFromS = BEFORE_S - random.range(0, 1.5)
  const brakesMps2 = random.chance(0.5) ? -random.range(2, 9) : 0
  const input: VehicleInput = { accelerationMps2: 0, steeringRad: 0, curvature: 0, slope: random.range(-0.06, 0.06) }
  let changed = 0
  for (let step = 0; step < (BEFORE_S + AFTER_S) * rateHz; step++) {
    const t = step * dt
    if (step % rateHz === 0) {
      input.accelerationMps2 = standing ? -2 : random.range(-1.5, 1.5)
      input.steeringRad = random.range(-0.2, 0.2) / Math.max(4, car.vx)
    }
    if (t >= brakesFromS && brakesMps2 < 0) input.accelerationMps2 = brakesMps2
    if (t >= BEFORE_S + collision.seconds) input.accelerationMps2 = -5
    stepVehicle(car, input, dt)
    if (Math.abs(t - BEFORE_S) < dt / 2) player.start(jolt)
    const now = t < BEFORE_S ? 0 : jolt.change(t - BEFORE_S)
    const angle = (collision.directionDeg * Math.PI) / 180
    car.vx = Math.max(0, car.vx - (now - changed) * Math.cos(angle) * (collision.deltaVKmh / 3.6))
    changed = now
    const shake = vibration.step(dt, car.vx, { roughness, bump: 0, engineOn: true })
    imu(t, sensor.read(car, shake, t, player.step()), car.vx)
  }
}
