import assert from 'node:assert/strict'
import { test } from 'node:test'
import { grounds } from './grounds.ts'

/** Contrast ratio of two colours `#rrggbb`, 1 to 21 (WCAG 2.2, relative luminance). */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

for (const [name, { ground, track, ...inks }] of Object.entries(grounds))
  test(`grounds: every ink stands 7:1 on ${name}, also as ground under the ground's colour, and the bar's way is seen`, () => {
    for (const [ink, colour] of Object.entries(inks))
      assert.ok(contrast(colour, ground) >= 7, `${ink}: ${contrast(colour, ground).toFixed(2)}`)
    for (const fill of [inks.ink, inks.warn])
      assert.ok(contrast(fill, track) >= 3, `${fill} on the track: ${contrast(fill, track).toFixed(2)}`)
  })
