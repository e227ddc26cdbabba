/** A tag and three words, low byte first: LSM6DSO data sheet DS12140 revision 2, 6.5.7. */
export const entryBytes = 7
/** TAG_SENSOR, bits 7 to 3 of the tag: gyroscope and accelerometer, not compressed (9.69). */
const gyroTag = 1
const accelTag = 2

/** Joins the entries of one moment, which come in either order and may be cut by the end of a burst. @param words takes ax ay az gx gy gz */
export const createTaggedFifo = (words: Int16Array) => {
  const halves = { [gyroTag]: new Int16Array(3), [accelTag]: new Int16Array(3) }
  /** TAG_CNT (bits 2 and 1) of the moment whose first half is here; -1 for none. */
  let slot = -1
  let have = 0

  return {
    /** Reads `entries`; gives the number of whole samples, a half being kept for the next time. */
    take(bytes: Buffer, entries: number): number {
      let count = 0
      for (let at = 0; at < entries * entryBytes; at += entryBytes) {
        const tag = bytes[at]! >> 3
        if (tag !== gyroTag && tag !== accelTag) continue
        const thisSlot = (bytes[at]! >> 1) & 0x03
        // A half whose other one never came: the accelerometer starts before the gyroscope.
        if (thisSlot !== slot || have === tag) have = 0
        slot = thisSlot
        for (let axis = 0; axis < 3; axis++) halves[tag][axis] = bytes.readInt16LE(at + 1 + axis * 2)
        have |= tag
        if (have !== (gyroTag | accelTag)) continue
        words.set(halves[accelTag], count * 6)
        words.set(halves[gyroTag], count * 6 + 3)
        count++
        have = 0
      }
      return count
    },
    clear(): void {
      slot = -1
      have = 0
    },
  }
}
