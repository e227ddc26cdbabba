import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hazardOf } from './hazard.ts'
import { drawPerson, type Person } from './person.ts'
import { createRandom } from './random.ts'

const person = drawPerson(createRandom(1))
const hazard = (changes: Record<string, number>, habits: Partial<Person['habits']> = {}): number =>
  hazardOf(
    { ...person, latents: { ...person.latents, ...changes }, habits: { ...person.habits, ...habits } },
    createRandom(2),
  ).claimsPerKm

test('hazardOf grows with speed, haste, short gaps, lapses, the phone, towns and the night', () => {
  const { speedFactor, haste, timeGapS, lapsesPerHour } = person.latents as Record<string, number>
  const night = Array.from({ length: 24 }, (_, hour) => (hour < 4 ? 0.25 : 0))
  const base = hazard({})
  for (const [name, worse] of [
    ['speed', hazard({ speedFactor: speedFactor! * 1.2 })],
    ['haste', hazard({ haste: haste! + 1 })],
    ['gap', hazard({ timeGapS: timeGapS! / 2 })],
    ['lapses', hazard({ lapsesPerHour: lapsesPerHour! * 5 })],
    ['phone', hazard({}, { phoneShare: person.habits.phoneShare + 0.1 })],
    ['town', hazard({}, { roadLogits: { ...person.habits.roadLogits, town: 5 } })],
    ['night', hazard({}, { hours: night })],
  ] as const)
    assert.ok(worse > base, name)
})

test('hazardOf does not hang on what the box can see', () => {
  const blind = { ...person, box: { hasImu: false, gradable: 0, limitKnown: 0 } }
  assert.deepEqual(hazardOf(blind, createRandom(2)), hazardOf(person, createRandom(2)))
})

test('hazardOf draws a frailty of mean one', () => {
  const random = createRandom(4)
  let sum = 0
  for (let n = 0; n < 5000; n++) sum += hazardOf(person, random).frailty
  assert.ok(Math.abs(sum / 5000 - 1) < 0.04)
})
