import { bands, eventKinds } from '@fairmile/contract/driving-event.ts'
import { type Thresholds, thresholds } from './thresholds.ts'

/** Fields that the pipeline around the judge is built for: other values would judge something else than a car delivers. */
const fixed: Readonly<Record<string, string>> = {
  sampleHz: 'motion is made at this rate',
  'harsh.harsh_braking.signal': 'another signal is another kind of event',
  'harsh.harsh_acceleration.signal': 'another signal is another kind of event',
  'harsh.harsh_cornering.signal': 'another signal is another kind of event',
}

/** Words that a text can be, by the end of its field's name. */
const choices: readonly (readonly [field: RegExp, words: readonly string[]])[] = [
  [/\.gate$/, ['start', 'always']],
  [/^traceFrom$|^tamper\.bands\./, bands],
  [/\.insteadOf\.\d+$/, eventKinds],
]

/**
 * Reads thresholds from JSON: the whole table, or only what differs from one.
 *
 * @param base what is not named stays as it is here
 * @throws TypeError that lists every field that is unknown, of the wrong kind, not to be changed, or out of order
 * @example parseThresholds('{"harsh": {"harsh_braking": {"bandsG": {"coach": 0.35}}}}')
 */
export function parseThresholds(text: string, base: Thresholds = thresholds): Thresholds {
  let changes: unknown
  try {
    changes = JSON.parse(text)
  } catch (cause) {
    throw new TypeError(`reading thresholds: this is no JSON (${cause instanceof Error ? cause.message : cause})`, {
      cause,
    })
  }
  const problems: string[] = []
  const table = merged(base, changes, '', problems) as Thresholds
  checkOrder(table, '', problems)
  if (problems.length > 0) throw new TypeError(`reading thresholds: ${problems.join('; ')}`)
  const isNamed = (changes as Partial<Thresholds>).version !== undefined
  const isOther = JSON.stringify(table) !== JSON.stringify(base)
  return isOther && !isNamed ? { ...table, version: `${base.version}, changed` } : table
}

/** `base` with the changes in it, field by field; what does not fit is added to the problems. */
function merged(base: unknown, change: unknown, path: string, problems: string[]): unknown {
  const at = path === '' ? 'the thresholds' : `"${path}"`
  if (Array.isArray(base)) {
    if (!Array.isArray(change)) problems.push(`${at} is a list`)
    else change.forEach((item, index) => void checkText(item, `${path}.${index}`, problems))
    return change
  }
  if (typeof base === 'object' && base !== null) {
    if (typeof change !== 'object' || change === null || Array.isArray(change)) {
      problems.push(`${at} is an object`)
      return base
    }
    const known = base as Record<string, unknown>
    const result = { ...known }
    for (const [key, value] of Object.entries(change)) {
      const field = path === '' ? key : `${path}.${key}`
      if (!Object.hasOwn(known, key))
        problems.push(`"${field}" is not known; ${at} has ${Object.keys(known).join(', ')}`)
      else result[key] = merged(known[key], value, field, problems)
    }
    return result
  }
  if (fixed[path] !== undefined && change !== base) problems.push(`${at} stays ${JSON.stringify(base)}: ${fixed[path]}`)
  else if (typeof base === 'number') checkNumber(change, path, problems)
  else checkText(change, path, problems)
  return change
}

function checkNumber(value: unknown, path: string, problems: string[]): void {
  const isDirection = path.endsWith('.direction')
  if (isDirection && ![-1, 0, 1].includes(value as number)) problems.push(`"${path}" is -1, 0 or 1`)
  else if (!isDirection && !(typeof value === 'number' && Number.isFinite(value) && value >= 0))
    problems.push(`"${path}" is a number, not negative; found ${JSON.stringify(value)}`)
}

function checkText(value: unknown, path: string, problems: string[]): void {
  const words = choices.find(([field]) => field.test(path))?.[1]
  if (words && !words.includes(value as string)) problems.push(`"${path}" is one of ${words.join(', ')}`)
  else if (typeof value !== 'string' || value === '') problems.push(`"${path}" is a text`)
}

/** Each table of bands rises from log to count. */
function checkOrder(table: unknown, path: string, problems: string[]): void {
  if (typeof table !== 'object' || table === null) return
  const values = table as Record<string, unknown>
  if (bands.every((band) => Object.hasOwn(values, band))) {
    const rows = bands.map((band) => Object.values(numbersOf(values[band])))
    const rises = rows.every((row, n) => n === 0 || row.every((value, column) => value >= rows[n - 1]![column]!))
    if (!rises) problems.push(`"${path}" does not rise from ${bands.join(' to ')}`)
  }
  for (const [key, value] of Object.entries(values)) checkOrder(value, path === '' ? key : `${path}.${key}`, problems)
}

function numbersOf(value: unknown): Record<string, number> {
  return typeof value === 'number' ? { value } : ((value ?? {}) as Record<string, number>)
}
