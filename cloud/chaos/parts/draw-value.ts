import fc from 'fast-check'
import type { Lots } from '../../../scripts/chaos/lots.ts'
import { follow, type Schema } from './openapi.ts'

interface DrawOptions {
  document: object
  lots: Lots
  /** Values that mean something, by the name of the field. */
  known: Readonly<Record<string, readonly string[]>>
}

/** Draws values that a schema allows. */
export type DrawValue = (schema: Schema, name?: string) => unknown

/** Values that were meant for something else, are too much, or that no schema here takes. */
const junk: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1e308, 2 ** 53, -0.5, [], {}, [[[]]], { a: { b: [1] } }],
  ...['', ' ', '0', '-1', 'NaN', 'null', '\u0000', '\u202e', '😀', 'ß\u0301', '\ud800', 'a'.repeat(5_000), '[]', '{}'],
  ...["' OR 1=1; --", '../../etc/passwd', '%00', '<script>', '=cmd()', '2026-02-30', '9999-12-31T23:59:60Z'],
  ...['2026-01-01T00:00:00+14:00', '1e400', '0x10', 'DRV-', 'DRV-0000', 'TRP-ZZZZZZZZZZZZZZZZZZZZZZZZZZZ', '٣'],
]
const samplesAPattern = 40

/** Something from the drawer of junk. */
export const drawJunk = (lots: Lots): unknown => lots.pick(junk)

/** Makes the drawing of values by schema. */
export function createDrawValue({ document, lots, known }: DrawOptions): DrawValue {
  const samples = new Map<string, readonly string[]>()

  function textOf({ pattern, format, minLength = 0, maxLength = 40 }: Schema, name: string): string {
    const wellKnown = known[name]
    if (wellKnown && lots.chance(0.8)) return lots.pick(wellKnown)
    if (format === 'date-time') return new Date(Date.UTC(2026, 5, lots.below(60))).toISOString()
    if (format === 'date') return new Date(Date.UTC(2026, lots.below(24), 1)).toISOString().slice(0, 10)
    if (format === 'email') return `one-${lots.below(1e6)}@example.com`
    if (pattern !== undefined) return lots.pick(matching(pattern))
    const length = Math.min(maxLength, minLength + lots.below(20))
    return Array.from({ length }, () => String.fromCharCode(97 + lots.below(26))).join('')
  }

  function matching(pattern: string): readonly string[] {
    const drawn =
      samples.get(pattern) ??
      fc.sample(fc.stringMatching(new RegExp(pattern, 'u')), { numRuns: samplesAPattern, seed: 1 })
    samples.set(pattern, drawn)
    return drawn
  }

  function objectOf({ properties = {}, required = [], additionalProperties }: Schema): Record<string, unknown> {
    const drawn: Record<string, unknown> = {}
    for (const [name, property] of Object.entries(properties))
      if (required.includes(name) || lots.chance(0.5)) drawn[name] = draw(property, name)
    if (typeof additionalProperties === 'object') drawn.some = draw(additionalProperties)
    return drawn
  }

  function draw(written: Schema, name = ''): unknown {
    const schema = follow(document, written)
    if ('const' in schema) return schema.const
    if (schema.enum) return lots.pick(schema.enum)
    const choice = schema.anyOf ?? schema.oneOf
    if (choice) return draw(lots.pick(choice), name)
    if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => draw(part, name)))
    const type = Array.isArray(schema.type) ? lots.pick(schema.type) : schema.type
    const wellKnown = known[name]
    if (wellKnown && type === 'integer' && lots.chance(0.8)) return Number(lots.pick(wellKnown))
    const { minimum = 0, maximum = minimum + 1_000, minItems = 0, maxItems = 4 } = schema
    if (type === 'string') return textOf(schema, name)
    if (type === 'integer') return minimum + lots.below(maximum - minimum + 1)
    if (type === 'number') return minimum + lots.next() * (maximum - minimum)
    if (type === 'boolean') return lots.chance(0.5)
    if (type === 'null') return null
    if (type === 'array') {
      const length = minItems + lots.below(Math.min(4, maxItems - minItems + 1))
      return Array.from({ length }, () => draw(schema.items ?? {}, name.replace(/s$/, '')))
    }
    return type === 'object' || schema.properties ? objectOf(schema) : lots.pick(['x', 1, null])
  }
  return draw
}

/** A value with one or two things in it wrong: another type, too much, too little, something that is not asked for. */
export function mutated(value: unknown, lots: Lots): unknown {
  if (typeof value !== 'object' || value === null || lots.chance(0.2)) return drawJunk(lots)
  if (Array.isArray(value)) {
    if (value.length === 0 || lots.chance(0.3)) return [...value, drawJunk(lots)]
    const at = lots.below(value.length)
    return value.map((one, n) => (n === at ? mutated(one, lots) : one))
  }
  const changed: Record<string, unknown> = { ...value }
  const names = Object.keys(changed)
  const name = names.length > 0 ? lots.pick(names) : 'x'
  const way = lots.next()
  if (way < 0.2) delete changed[name]
  else if (way < 0.4) changed[lots.pick(['extra', '__proto__x', 'constructor', 'toString'])] = drawJunk(lots)
  else changed[name] = mutated(changed[name], lots)
  return changed
}
