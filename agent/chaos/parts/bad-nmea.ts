import type { Lots } from '../../../scripts/chaos/lots.ts'

/** `$BODY*HH` with the XOR of its characters. */
const sealed = (body: string): string => `$${body}*${xor(body).toString(16).toUpperCase().padStart(2, '0')}`

/** XOR of all characters, as IEC 61162-1 has it; written apart from the agent's, which is under test. */
export const xor = (body: string): number => [...Buffer.from(body, 'latin1')].reduce((sum, byte) => sum ^ byte, 0)

const digits = (value: number, width: number): string => String(value).padStart(width, '0')

/** The sentences of one second of a receiver that moves on all the time. */
function sentencesOf(second: number, lots: Lots): string[] {
  const time = `${digits(Math.floor(second / 3600) % 24, 2)}${digits(Math.floor(second / 60) % 60, 2)}${digits(second % 60, 2)}`
  const date = `${digits(1 + (Math.floor(second / 86_400) % 28), 2)}1126`
  const lat = `48${digits(lots.below(60), 2)}.${digits(lots.below(10_000), 4)},N`
  const lon = `011${digits(lots.below(60), 2)}.${digits(lots.below(10_000), 4)},E`
  const knots = (lots.next() * 60).toFixed(1)
  const course = (lots.next() * 360).toFixed(1)
  return [
    sealed(`GNRMC,${time}.00,A,${lat},${lon},${knots},${course},${date},,,A`),
    sealed(`GNVTG,${course},T,,M,${knots},N,${(Number(knots) * 1.852).toFixed(1)},K,A`),
    sealed(`GPGGA,${time}.00,${lat},${lon},1,08,0.9,545.4,M,46.9,M,,`),
    sealed('GPGSA,A,3,04,05,,09,12,,,24,,,,,2.5,1.3,2.1'),
    sealed('GPGSV,2,1,08,01,40,083,46,02,17,308,41,12,07,344,39,14,22,228,45'),
    sealed(`GNGLL,${lat},${lon},${time}.00,A,A`),
  ]
}

/** Characters that a parser trips over sooner than over others. */
const sharp = ['$', '!', '*', ',', '.', '-', '\0', '\r', '\n', '\xff', 'N', '9', '\\', 'e', 'NaN', '\u0085']

const put = (line: string, at: number, text: string, instead: number): string =>
  line.slice(0, at) + text + line.slice(at + instead)

/** What a bad line, a worn plug or a second sender on the wire does to a sentence. */
const damages: ((line: string, other: string, lots: Lots) => string)[] = [
  (line, _, lots) => put(line, lots.below(line.length), String.fromCharCode(lots.below(256)), 1),
  (line, _, lots) => put(line, lots.below(line.length), lots.pick(sharp), lots.below(3)),
  // One digit into another: the position or speed of another place, with the checksum of this one.
  (line, _, lots) => put(line, 12 + lots.below(Math.max(1, line.length - 15)), String(lots.below(10)), 1),
  (line, _, lots) => line.slice(0, lots.below(line.length)),
  (line, _, lots) => line.slice(lots.below(line.length)),
  (line, other, lots) => put(line, lots.below(line.length), other, 0),
  (line, other, lots) => line.slice(0, lots.below(line.length)) + other.slice(lots.below(other.length)),
  (line, other) => [...line].map((char, i) => char + (other[i] ?? '')).join(''),
  (_, __, lots) => Buffer.from(Array.from({ length: lots.below(120) }, () => lots.below(256))).toString('latin1'),
  // A fuzzed sentence that seals itself: good by its checksum, nonsense within.
  (line, _, lots) => sealed(put(line.slice(1, -3), lots.below(line.length), lots.pick(sharp), lots.below(4))),
]

/** Lines for ever, about half of them damaged. */
export function* badNmea(lots: Lots): Generator<string, never> {
  let before = '$GPTXT,01,01,02,start*00'
  for (let second = 0; ; second++)
    for (const sentence of sentencesOf(second, lots)) {
      yield lots.chance(0.5) ? lots.pick(damages)(sentence, before, lots) : sentence
      before = sentence
    }
}
