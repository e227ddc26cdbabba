/** Writes numbers of a few bits, highest bit first. */
export interface BitWriter {
  /** Appends the lowest `width` bits (at most 53) of a non-negative integer. */
  write(value: number, width: number): void
  /** Appends `count` ones and a zero. */
  unary(count: number): void
  /** Everything written, the last byte filled with zeros. */
  bytes(): Buffer
}

/** Reads what a `BitWriter` wrote; throws RangeError past the end. */
export interface BitReader {
  read(width: number): number
  /** Counts ones up to the next zero or up to `limit` of them, where no zero follows. */
  unary(limit: number): number
  /** True when nothing but the filling of the last byte is left. */
  finished(): boolean
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

export function createBitReader(bytes: Uint8Array): BitReader {
  let at = 0
  return {
    read(width) {
      if (width > 0 && width <= wordBits && (at >> 3) + 4 <= bytes.length) {
        const first = at >> 3
        const word = (bytes[first]! << 24) | (bytes[first + 1]! << 16) | (bytes[first + 2]! << 8) | bytes[first + 3]!
        const value = (word << (at & 7)) >>> (32 - width)
        at += width
        return value
      }
      let value = 0
      for (let left = width; left > 0; ) {
        const byte = bytes[at >> 3]
        if (byte === undefined) throw tooShort(bytes)
        const available = 8 - (at & 7)
        const taken = Math.min(available, left)
        value = value * (1 << taken) + ((byte >> (available - taken)) & ((1 << taken) - 1))
        at += taken
        left -= taken
      }
      return value
    },
    unary(limit) {
      let count = 0
      for (;;) {
        const byte = bytes[at >> 3]
        if (byte === undefined) throw tooShort(bytes)
        const available = 8 - (at & 7)
        // The zeros in front of the rest of the byte, inverted, are its ones.
        const ones = Math.min(Math.clz32(~(byte << (32 - available))), available)
        if (count + ones >= limit) {
          at += limit - count
          return limit
        }
        count += ones
        if (ones < available) {
          at += ones + 1
          return count
        }
        at += available
      }
    },
    finished: () => bytes.length * 8 - at < 8,
  }
}

/** Bits that four bytes hold wherever in the first of them they begin. */
const wordBits = 25

const tooShort = (bytes: Uint8Array): RangeError => new RangeError(`a column of ${bytes.length} bytes ends too early`)
