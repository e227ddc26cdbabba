/** Boots that one outbox file can count: 2^20, more than one a minute for a year. */
const bootsAnOutbox = 2 ** 20

/**
 * Makes the id of a boot: an integer below 2^52, exact in a JavaScript number and in an Avro long.
 *
 * `generation` is 32 random bits drawn once when the outbox file is created, so that a device whose card was replaced
 * never repeats an id; `counter` is the file's own count of boots, from 1. Later boots of a file have larger ids.
 * @throws {RangeError} for anything that does not fit.
 */
export function bootId(generation: number, counter: number): number {
  if (!Number.isInteger(generation) || generation < 0 || generation >= 2 ** 32)
    throw new RangeError(`Making a boot id: the generation must be 32 bits, not ${generation}`)
  if (!Number.isInteger(counter) || counter < 0 || counter >= bootsAnOutbox)
    throw new RangeError(
      `Making a boot id: the counter must be below ${bootsAnOutbox}, not ${counter}: start a new outbox file`,
    )
  return generation * bootsAnOutbox + counter
}
