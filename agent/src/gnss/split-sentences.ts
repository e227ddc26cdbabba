/** Where the fields of a sentence stand in its line: the n-th behind `ends[n]` and before `ends[n + 1]`. */
export interface FieldEnds {
  readonly ends: Int32Array
  count: number
}

/** Fields told apart, at most; no sentence that we read has more (GSA with 24 satellites: 33). */
const maxFields = 48

/** The n-th field; blank where the sentence ends before it. */
export const fieldAt = (line: string, { ends, count }: FieldEnds, n: number): string =>
  n < count ? line.slice((ends[n] as number) + 1, ends[n + 1]) : ''

/** What becomes of the pieces of a line. */
export interface SentenceSink {
  /** A sentence with a good checksum; `fields` is overwritten by the next. */
  good(line: string, fields: FieldEnds): void
  badChecksum(): void
  /** Anything else but blanks. */
  garbage(): void
}

const dollar = 0x24
const bang = 0x21
const star = 0x2a
const comma = 0x2c
const space = 0x20

/** Value of a hexadecimal digit, -1 for anything else. */
const hexDigit = (code: number): number => {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code & ~0x20
  return letter >= 0x41 && letter <= 0x46 ? letter - 0x37 : -1
}

/** First `$`, or `!` of the line's start, or -1. */
const firstStart = (line: string): number => {
  const code = line.charCodeAt(0)
  if (code === dollar || code === bang) return 0
  for (let i = 1; i < line.length; i++) {
    const other = line.charCodeAt(i)
    if (other === dollar || other === bang) return i
  }
  return -1
}

const isBlank = (line: string, from: number, to: number): boolean => {
  for (let i = from; i < to; i++) if (line.charCodeAt(i) > space) return false
  return true
}

/**
 * Finds the sentences of a line, glued together or behind garbage, and verifies their checksums: the exclusive or of all
 * characters between `$` and `*` (IEC 61162-1, 7.2.4). One pass, nothing is copied.
 */
export const createSentenceSplitter = (sink: SentenceSink) => {
  const ends = new Int32Array(maxFields + 1)
  const fields: FieldEnds = { ends, count: 0 }

  /** Reads from a `$` to a `*`, the next `$` or the line's end; answers where that is. */
  const scan = (line: string, start: number): number => {
    let sum = 0
    let count = 0
    ends[0] = start
    for (let at = start + 1; at < line.length; at++) {
      const code = line.charCodeAt(at)
      if (code === star) {
        ends[++count] = at
        fields.count = count
        judge(line, at, sum)
        return at
      }
      if (code === dollar) return at
      if (code === comma && count < maxFields - 1) ends[++count] = at
      sum ^= code
    }
    return line.length
  }

  const judge = (line: string, end: number, sum: number): void => {
    const told = (hexDigit(line.charCodeAt(end + 1)) << 4) | hexDigit(line.charCodeAt(end + 2))
    if (told < 0) sink.garbage()
    else if (told !== sum) sink.badChecksum()
    else sink.good(line, fields)
  }

  return (line: string): void => {
    let start = firstStart(line)
    if (start < 0 && !isBlank(line, 0, line.length)) sink.garbage()
    while (start >= 0) {
      const end = scan(line, start)
      const isSealed = line.charCodeAt(end) === star
      if (!isSealed && !isBlank(line, start + 1, end)) sink.garbage()
      start = line.indexOf('$', isSealed ? end + 1 : end)
    }
  }
}
