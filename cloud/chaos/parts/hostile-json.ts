import type { Lots } from '../../../scripts/chaos/lots.ts'

/** Under what the API takes of a body: it is to be read, not refused for its size. */
const most = 60_000
const place = '"@place@"'

const deep = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth)
const poison = '{"polluted":true,"role":"admin","isAdmin":true}'

/** Texts that stand where a value is expected, by what they are; some are no JSON at all. */
const values: Readonly<Record<string, () => string>> = {
  'deep arrays': () => deep('[', ']', most / 2),
  'deep objects': () => `${'{"a":'.repeat(most / 6)}1${'}'.repeat(most / 6)}`,
  'unclosed arrays': () => '['.repeat(most),
  __proto__: () => `{"__proto__":${poison}}`,
  'constructor.prototype': () => `{"constructor":{"prototype":${poison}}}`,
  '1e400': () => '1e400',
  '-1e400': () => '-1e400',
  'many digits': () => '9'.repeat(most),
  'small digits': () => `0.${'0'.repeat(most)}1`,
  NaN: () => 'NaN',
  Infinity: () => '-Infinity',
  'lone surrogate': () => '"a\\ud800b"',
  'lone surrogate as key': () => '{"\\udfff":1}',
  NUL: () => '"a\\u0000b"',
  'raw NUL': () => '"a\u0000b"',
  'huge array': () => `[${'0,'.repeat(most / 2)}0]`,
  'huge array of objects': () => `[${'{},'.repeat(most / 3)}{}]`,
  'huge string': () => `"${'a'.repeat(most)}"`,
  'string of escapes': () => `"${'\\u0061'.repeat(most / 6)}"`,
  'many keys': () => `{${Array.from({ length: 4_000 }, (_, n) => `"k${n}":0`).join(',')}}`,
  'repeated blanks': () => `${' '.repeat(most)}1`,
}
/** Bytes that are no UTF-8: cut short, overlong, a surrogate, beyond the last character, none at all. */
const badBytes = ['c3', 'c0af', 'eda080', 'f4908080', 'ff', 'e282'].map((hex) => Buffer.from(hex, 'hex'))

export const hostileKinds = [
  ...Object.keys(values),
  ...['__proto__ beside', 'constructor beside', 'duplicate keys', 'bad UTF-8', 'byte order mark', 'bad UTF-8 as key'],
] as const
export type HostileKind = (typeof hostileKinds)[number]

/** A body of a kind, made of one that is as it should be. */
export function hostileBody(kind: HostileKind, body: unknown, lots: Lots): Buffer {
  const fields = typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : { some: body }
  const names = Object.keys(fields)
  const name = names.length > 0 ? lots.pick(names) : 'some'
  const text = JSON.stringify({ ...fields, [name]: '@place@' })
  const value = values[kind]
  if (value) return Buffer.from(lots.chance(0.2) ? value() : text.replace(place, value))
  const own = JSON.stringify(fields)
  const inside = own === '{}' ? '' : `,${own.slice(1, -1)}`
  if (kind === '__proto__ beside') return Buffer.from(`{"__proto__":${poison}${inside}}`)
  if (kind === 'constructor beside') return Buffer.from(`{"constructor":{"prototype":${poison}}${inside}}`)
  if (kind === 'duplicate keys')
    return Buffer.from(`{${JSON.stringify(name)}:${lots.pick(['null', '"x"', '[]', '1'])}${inside}}`)
  if (kind === 'byte order mark') return Buffer.from(`\ufeff${own}`)
  const [before = '', after = ''] = kind === 'bad UTF-8' ? text.split('@place@') : ['{"', `":1${inside}}`]
  return Buffer.concat([Buffer.from(before), lots.pick(badBytes), Buffer.from(after)])
}

/** Query strings that readers of queries have stumbled over. */
export const hostileQueries = [
  '__proto__[polluted]=1',
  'constructor[prototype][polluted]=1',
  '__proto__.polluted=1',
  'limit=1&limit=2',
  'limit=NaN',
  'limit=1e400',
  'limit[]=1',
  'cursor=%00',
  'cursor=%ff',
  'cursor=%ed%a0%80',
  'cursor=%',
  'cursor=WyJcdTAwMDAiXQ',
  `cursor=${'a'.repeat(6_000)}`,
  'days=%F0%9F%98%80',
  `${'a=1&'.repeat(1_500)}b`,
] as const
