/** Writes numbers of a few bits, highest bit first. */
export interface BitWriter {
  /** Appends the lowest `width` bits (at most 53) of a non-negative integer. */
  write(value: number, width: number): void
  /** Appends `count` ones and a zero. */
  unary(count: number): void
  /** Everything written, the last byte filled with zeros. */
  bytes(): Buffer
}

export function createBitWriter(): BitWriter {
  const bytes: number[] = []
  let open = 0
  let used = 0
  const push = (bit: number) => {
    open = (open << 1) | bit
    if (++used < 8) return
    bytes.push(open)
    open = 0
    used = 0
  }
  return {
    write(value, width) {
      for (let place = 2 ** width / 2; place >= 1; place /= 2) push(Math.floor(value / place) % 2)
    },
    unary(count) {
      for (let i = 0; i < count; i++) push(1)
      push(0)
    },
    bytes: () => Buffer.from(used === 0 ? bytes : [...bytes, open << (8 - used)]),
  }
}

/** Bits that four bytes hold wherever in the first of them they begin. */
const wordBits = 25

/**
 * Reads `width` bits (at most 53) of what a `BitWriter` wrote, from bit `at` on. Without state of its own, so that a reader keeps its place
 * where the engine keeps it quickest.
 * @throws {RangeError} past the end
 */
export function bitsAt(bytes: Uint8Array, at: number, width: number): number {
  const first = at >> 3
  if (width > 0 && width <= wordBits && first + 4 <= bytes.length) {
    const word = (bytes[first]! << 24) | (bytes[first + 1]! << 16) | (bytes[first + 2]! << 8) | bytes[first + 3]!
    return (word << (at & 7)) >>> (32 - width)
  }
  let value = 0
  let place = at
  for (let left = width; left > 0; ) {
    const byte = bytes[place >> 3]
    if (byte === undefined) throw tooShort(bytes)
    const available = 8 - (place & 7)
    const taken = Math.min(available, left)
    value = value * (1 << taken) + ((byte >> (available - taken)) & ((1 << taken) - 1))
    place += taken
    left -= taken
  }
  return value
}

/**
 * Counts ones from bit `at` up to the next zero or up to `limit` of them, where no zero follows.
 * @throws {RangeError} past the end
 */
export function onesAt(bytes: Uint8Array, at: number, limit: number): number {
  let count = 0
  for (let place = at; ; ) {
    const byte = bytes[place >> 3]
    if (byte === undefined) throw tooShort(bytes)
    const available = 8 - (place & 7)
    // The zeros in front of the rest of the byte, inverted, are its ones.
    const ones = Math.min(Math.clz32(~(byte << (32 - available))), available)
    count += ones
    if (count >= limit) return limit
    if (ones < available) return count
    place += available
  }
}

/** True when nothing but the filling of the last byte is left behind bit `at`. */
export const isEnd = (bytes: Uint8Array, at: number): boolean => bytes.length * 8 - at < 8

const tooShort = (bytes: Uint8Array): RangeError => new RangeError(`a column of ${bytes.length} bytes ends too early`)
