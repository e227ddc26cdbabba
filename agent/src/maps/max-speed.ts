import type { Tags } from './road.ts'

/** The posted limits of a way, by the direction it is drawn in. */
export interface WayLimits {
  /** km/h; NaN where unknown, or where there is none. */
  forwardKmh: number
  backwardKmh: number
  /** 1 only as drawn, -1 only against it, 0 both ways. */
  oneway: -1 | 0 | 1
  /** A number on a sign, that nothing but the conditions changes for a car. */
  certain: boolean
  /** Conditions that may change it for a car, in km/h: `30 @ (Mo-Fr 07:00-17:00)`; null for none. */
  forwardConditions: string | null
  backwardConditions: string | null
}

const kmhPerMph = 1.609344

/**
 * What `XX:zone` means for cars in km/h (OpenStreetMap wiki, "Default speed limits"): urban, rural, motorway. A zone that is
 * missing or null is unknown.
 */
const implicitKmh: Readonly<Record<string, readonly [urban: number | null, rural: number | null, motorway?: number]>> =
  {
    AT: [50, 100, 130],
    BE: [50, null, 120],
    BG: [50, 90, 140],
    CH: [50, 80, 120],
    CZ: [50, 90, 130],
    DE: [50, 100],
    DK: [50, 80, 130],
    ES: [50, 90, 120],
    FI: [50, 80, 120],
    FR: [50, 80, 130],
    GR: [50, 90, 130],
    HU: [50, 90, 130],
    IT: [50, 90, 130],
    LI: [50, 80],
    LT: [50, 90, 130],
    LU: [50, 90, 130],
    NL: [50, 80, 100],
    NO: [50, 80],
    PL: [50, 90, 140],
    PT: [50, 90, 120],
    RO: [50, 90, 130],
    SE: [50, 70, 110],
    SI: [50, 90, 130],
    SK: [50, 90, 130],
  }
const zones = ['urban', 'rural', 'motorway']

/** km/h of a `maxspeed` value; NaN for what names no number (`none`, `signals`, `walk`, several values). */
export function parseMaxSpeed(value: string | undefined): number {
  const match = /^(\d{1,3}(?:\.\d+)?)\s*(km\/h|kmh|kph|mph)?$/.exec(value?.trim() ?? '')
  if (match === null) return Number.NaN
  const kmh = Number(match[1]) * (match[2] === 'mph' ? kmhPerMph : 1)
  return kmh >= 1 && kmh <= 200 ? kmh : Number.NaN
}

/** km/h of an implicit limit such as `DE:urban`, `FR:zone30` or `GB:nsl_…`; NaN where the table has none. */
function parseImplicit(value: string | undefined): number {
  const match = /^([A-Z]{2}):(?:zone:?)?(urban|rural|motorway|\d{1,3})$/.exec(value?.trim() ?? '')
  if (match === null) return Number.NaN
  const [, country = '', zone = ''] = match
  if (/^\d/.test(zone)) return Number(zone)
  return implicitKmh[country]?.[zones.indexOf(zone)] ?? Number.NaN
}

/** Conditions that never concern a car on its own. */
const foreignCondition = /weight|axles|trailer|hgv|bus|length|articulated/

/** Reads the limits of a way from its tags. */
export function wayLimits(tags: Tags): WayLimits {
  const explicit = (direction: string): number => {
    for (const key of [`maxspeed:${direction}`, 'maxspeed:motorcar', 'maxspeed'])
      if (tags[key] !== undefined) return parseMaxSpeed(tags[key])
    return Number.NaN
  }
  // A value that is there but names no number (`none`, `signals`) must not be overruled by a default.
  const named = ['maxspeed', 'source:maxspeed', 'maxspeed:type', 'zone:maxspeed', 'zone:traffic']
  const general = tags.maxspeed === undefined || parseImplicit(tags.maxspeed) > 0
  const implicit = general
    ? (named.map((key) => parseImplicit(tags[key])).find((kmh) => kmh > 0) ?? Number.NaN)
    : Number.NaN
  const forwardKmh = explicit('forward')
  const backwardKmh = explicit('backward')
  return {
    forwardKmh: Number.isNaN(forwardKmh) ? implicit : forwardKmh,
    backwardKmh: Number.isNaN(backwardKmh) ? implicit : backwardKmh,
    oneway: onewayOf(tags),
    certain: (forwardKmh > 0 || backwardKmh > 0) && tags['maxspeed:variable'] === undefined,
    forwardConditions: conditionsOf(tags, 'forward'),
    backwardConditions: conditionsOf(tags, 'backward'),
  }
}

/** The clauses that concern a car, in km/h; one whose value names no number keeps it, so that nobody takes it for decided. */
function conditionsOf(tags: Tags, direction: string): string | null {
  const keys = [`maxspeed:${direction}:conditional`, 'maxspeed:motorcar:conditional', 'maxspeed:conditional']
  const text = keys.map((key) => tags[key]).find((value) => value !== undefined)
  const clauses = (text ?? '')
    .split(/;(?![^(]*\))/)
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '' && !foreignCondition.test(clause))
    .map((clause) => {
      const [value = '', ...condition] = clause.split('@')
      const kmh = parseMaxSpeed(value)
      return `${Number.isNaN(kmh) ? value.trim() : kmh} @${condition.join('@')}`
    })
  return clauses.length === 0 ? null : clauses.join('; ')
}

function onewayOf(tags: Tags): -1 | 0 | 1 {
  if (tags.oneway === '-1' || tags.oneway === 'reverse') return -1
  if (['yes', 'true', '1'].includes(tags.oneway ?? '')) return 1
  if (tags.oneway !== undefined) return 0
  // Implied by the kind of way.
  return tags.highway === 'motorway' || tags.junction === 'roundabout' ? 1 : 0
}
