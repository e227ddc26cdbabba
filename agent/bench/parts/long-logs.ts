import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

const dayS = 86_400

const sealed = (body: string): string => {
  let sum = 0
  for (let i = 0; i < body.length; i++) sum ^= body.charCodeAt(i)
  return `$${body}*${sum.toString(16).toUpperCase().padStart(2, '0')}\r\n`
}
const digits = (value: number, width: number): string => String(value).padStart(width, '0')

/** The parts of an epoch of a car that drives in circles, 100 ms after the one before. */
const epochOf = (n: number) => {
  const s = Math.floor(n / 10) % dayS
  const time = `${digits(Math.floor(s / 3600), 2)}${digits(Math.floor(s / 60) % 60, 2)}${digits(s % 60, 2)}.${n % 10}0`
  const turn = n / 300
  const lat = `48${(7 + 3 * Math.sin(turn) + n * 1e-7).toFixed(5).padStart(8, '0')},N`
  const lon = `011${(31 + 3 * Math.cos(turn) + n * 1e-7).toFixed(5).padStart(8, '0')},E`
  const knots = (20 + 10 * Math.sin(n / 70)).toFixed(3)
  const course = (180 + 170 * Math.sin(n / 300)).toFixed(2)
  return { time, place: `${lat},${lon}`, knots, course, altM: (500 + 20 * Math.sin(n / 900)).toFixed(1) }
}

/** A receiver as this agent sets it up, 10 Hz: RMC and GGA, and GSA for the dimensions. The hardest for us: nothing to pass over. */
const lean = (n: number): string => {
  const { time, place, knots, course, altM } = epochOf(n)
  return (
    sealed(`GNRMC,${time},A,${place},${knots},${course},231126,,,A,V`) +
    sealed(`GNGGA,${time},${place},1,12,0.71,${altM},M,47.2,M,,`) +
    sealed('GNGSA,A,3,05,13,15,20,24,29,30,,,,,,1.31,0.71,1.10,1')
  )
}

/** A receiver of four constellations as it leaves the factory (u-blox M8 and later). */
const talkative = (n: number): string => {
  const { time, place, knots, course, altM } = epochOf(n)
  return (
    sealed(`GNRMC,${time},A,${place},${knots},${course},231126,,,A,V`) +
    sealed(`GNVTG,${course},T,,M,${knots},N,${(Number(knots) * 1.852).toFixed(3)},K,A`) +
    sealed(`GNGGA,${time},${place},1,12,0.71,${altM},M,47.2,M,,`) +
    ['1', '2', '3', '4']
      .map((system) => sealed(`GNGSA,A,3,05,13,15,20,24,29,30,,,,,,1.31,0.71,1.10,${system}`))
      .join('') +
    ['GP', 'GL', 'GA', 'GB']
      .map((talker, i) =>
        sealed(`${talker}GSV,1,1,04,05,67,289,${30 + i},13,55,071,41,15,43,187,38,20,12,312,2${n % 10},1`),
      )
      .join('') +
    sealed(`GNGLL,${place},${time},A,A`)
  )
}

const generated = (epoch: (n: number) => string, sentences: number): string => {
  const parts: string[] = []
  const each = epoch(0).split('\n').length - 1
  for (let n = 0; n * each < sentences; n++) parts.push(epoch(n))
  return parts.join('')
}

const repeated = (text: string, sentences: number): string => {
  const each = text.match(/^\$/gm)?.length ?? 0
  if (each === 0) throw new Error('Repeating a log: it has no sentence')
  return text.repeat(Math.ceil(sentences / each))
}

const read = (path: string): string => {
  const bytes = readFileSync(path)
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1')
}

/** Logs of car drives, where the shared data is. */
const drives = (): string[] => {
  const shared = process.env.FAIRMILE_SHARED ?? fileURLToPath(new URL('../../../../shared', import.meta.url))
  const folder = join(shared, 'data', 'nmea-drives')
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
}

/** Writes logs of so many sentences, real ones and those of receivers in use today, for as long as the process lives. */
export const longLogs = (only: string | null, sentences: number): { name: string; path: string }[] => {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const texts = new Map<string, () => string>()
  for (const path of only === null ? drives() : [only])
    texts.set(basename(path).split('.')[0] as string, () => repeated(read(path), sentences))
  if (only === null) {
    texts.set('lean-10hz', () => generated(lean, sentences))
    texts.set('talkative', () => generated(talkative, sentences))
  }
  return [...texts].map(([name, text]) => {
    const path = join(folder, name)
    writeFileSync(path, text(), 'latin1')
    return { name, path }
  })
}
