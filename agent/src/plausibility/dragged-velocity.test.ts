import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CourseSample, draggedVelocity } from './dragged-velocity.ts'
import { invert } from './solve.ts'

/** Two minutes of a car that turns now and then, with a receiver that adds a velocity (north, east) to its own. */
function drive(drag: [number, number], headingAt: (tS: number) => number = (tS) => 60 * Math.sin(tS / 15)) {
  return Array.from({ length: 120 }, (_, tS): CourseSample => {
    const headingDeg = headingAt(tS) + 0.1 * tS // a gyro with a bias of 0.1 °/s
    const course = ((headingAt(tS) + 30) * Math.PI) / 180
    const noise = 0.15 * Math.sin(tS * 12.9898)
    const north = 14 * Math.cos(course) + drag[0] - noise * Math.sin(course)
    const east = 14 * Math.sin(course) + drag[1] + noise * Math.cos(course)
    const offset = (Math.atan2(east, north) * 180) / Math.PI - headingDeg
    const turnRps = ((headingAt(tS) - headingAt(tS - 1)) * Math.PI) / 180
    return { tMs: tS * 1000, speedMps: Math.hypot(north, east), offsetDeg: offset, headingDeg, turnRps }
  })
}

test('draggedVelocity finds what a receiver adds to the car’s own velocity, past bias and start of the gyro', () => {
  const dragged = draggedVelocity(drive([1.5, -1.5]))
  assert.ok(dragged && Math.abs(dragged.mps - 2.1) < 0.3 && dragged.sigmas > 9, JSON.stringify(dragged))
  const clean = draggedVelocity(drive([0, 0]))
  assert.ok(clean && clean.mps < 0.2 && clean.sigmas < 4, JSON.stringify(clean))
})

test('draggedVelocity is sure of nothing on a straight road, or of too few fixes', () => {
  const straight = draggedVelocity(drive([2, 2], () => 0))
  assert.ok(straight === null || straight.sigmas < 4, JSON.stringify(straight))
  assert.equal(draggedVelocity(drive([2, 2]).slice(0, 30)), null)
})

test('invert gives what undoes a matrix, and nothing where there is none', () => {
  assert.deepEqual([...(invert(Float64Array.of(4, 2, 2, 3), 2) ?? [])], [0.375, -0.25, -0.25, 0.5])
  assert.equal(invert(Float64Array.of(1, 1, 1, 1), 2), null)
})
