import { G_MPS2 } from '@fairmile/contract/units.ts'
import type { Random } from '../random.ts'
import { type Disturbance, halfSine, type Jolt } from './jolt.ts'

type Direction = readonly [number, number, number]

/** Any direction in space, each as likely. */
function drawDirection(random: Random): Direction {
  const z = random.range(-1, 1)
  const angle = random.range(0, 2 * Math.PI)
  const level = Math.sqrt(1 - z * z)
  return [level * Math.cos(angle), level * Math.sin(angle), z]
}

function add(out: Disturbance, [x, y, z]: Direction, force: number): void {
  out.x += x * force
  out.y += y * force
  out.z += z * force
}

/** A slammed door: one blow of 3 to 12 g across the car, and its panels ring at 25 to 60 Hz for a tenth of a second. */
export function drawDoorSlam(random: Random): Jolt {
  const side = random.chance(0.5) ? 1 : -1
  const peak = random.range(3, 12) * G_MPS2
  const hz = random.range(25, 60)
  const direction: Direction = [random.range(-0.3, 0.3), side, random.range(-0.4, 0.4)]
  return {
    kind: 'door slam',
    seconds: 0.2,
    at: (t, out) => add(out, direction, peak * Math.exp(-t / 0.03) * Math.sin(2 * Math.PI * hz * t)),
  }
}

/** A slammed boot lid or bonnet: along the car and down, slower and longer than a door. */
export function drawBootSlam(random: Random): Jolt {
  const peak = random.range(2, 6) * G_MPS2
  const hz = random.range(12, 30)
  const direction: Direction = [random.range(0.4, 1), random.range(-0.2, 0.2), random.range(-1, -0.5)]
  return {
    kind: 'boot slam',
    seconds: 0.3,
    at: (t, out) => add(out, direction, peak * Math.exp(-t / 0.05) * Math.sin(2 * Math.PI * hz * t)),
  }
}

/** A knock by a hand or a knee: 10 to 40 g for 2 to 8 ms, and the box swings on its mount at 12 to 40 Hz. */
export function drawKnock(random: Random): Jolt {
  const peak = random.range(10, 40) * G_MPS2
  const width = random.range(0.002, 0.008)
  const omega = 2 * Math.PI * random.range(12, 40)
  const damping = random.range(0.1, 0.4)
  const direction = drawDirection(random)
  const swing = createSwing(omega, damping, (t) => peak * halfSine(t, width))
  return { kind: 'knock', seconds: 0.4, at: (t, out) => add(out, direction, swing(t)) }
}

/** Acceleration of a mass on a damped spring that is pushed; asked for at rising times. */
function createSwing(omega: number, damping: number, push: (t: number) => number): (t: number) => number {
  let x = 0
  let v = 0
  let last = 0
  return (t) => {
    let a = push(t) - omega * omega * x - 2 * damping * omega * v
    for (const dt = 1e-4; last < t; last += dt) {
      a = push(last) - omega * omega * x - 2 * damping * omega * v
      v += a * dt
      x += v * dt
    }
    return a
  }
}

/** How long a fallen box lies before somebody puts it back, seconds. */
const LIES_S = 20

/** The box comes off its mount and falls 5 to 100 cm: weightless, then up to four blows as it tumbles, then it lies otherwise. */
export function drawDrop(random: Random): Jolt {
  const heightM = random.range(0.05, 1)
  const fallS = Math.sqrt((2 * heightM) / G_MPS2)
  const bounce = random.range(0.1, 0.5)
  const widths = [0, 1, 2, 3].map(() => random.range(0.004, 0.02))
  const directions = widths.map(() => drawDirection(random))
  const lies = drawDirection(random)
  const speed = Math.sqrt(2 * G_MPS2 * heightM)
  /** Begin of each blow, and what speed it takes. */
  const blows: { atS: number; mps: number }[] = []
  for (let n = 0, atS = fallS, v = speed; n < widths.length; n++) {
    blows.push({ atS, mps: v * (1 + bounce) })
    v *= bounce
    atS += widths[n]! + (2 * v) / G_MPS2
  }
  const stillS = blows.at(-1)!.atS + 0.05
  return {
    kind: 'drop',
    seconds: stillS + LIES_S,
    at(t, out) {
      blows.forEach(({ atS, mps }, n) => {
        const width = widths[n]!
        add(out, directions[n]!, ((mps * Math.PI) / (2 * width)) * halfSine(t - atS, width))
      })
      if (t < stillS) {
        out.loose = 1
        out.turnX += t < fallS ? 4 : 8
      } else {
        out.z -= G_MPS2
        add(out, lies, G_MPS2)
      }
    },
  }
}

/** A box in somebody's hands: shaken at 1 to 4 Hz by 0.3 to 2 g and turned at 2 to 6 rad/s for some seconds. */
export function drawHandling(random: Random): Jolt {
  const hz = random.range(1, 4)
  const peak = random.range(0.3, 2) * G_MPS2
  const turn = random.range(2.5, 6)
  const direction = drawDirection(random)
  const seconds = random.range(2, 8)
  return {
    kind: 'handling',
    seconds,
    at(t, out) {
      const grip = Math.min(1, t / 0.5, (seconds - t) / 0.5)
      add(out, direction, grip * peak * Math.sin(2 * Math.PI * hz * t))
      out.turnX += grip * turn * Math.cos(2 * Math.PI * 0.7 * t)
      out.turnY += grip * turn * Math.sin(2 * Math.PI * 0.7 * t)
    },
  }
}
