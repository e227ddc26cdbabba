import { createUbxReader, type UbxMessage, ubxFrame } from './ubx-frame.ts'
import { ack, baudMessage, protocolOf, setUpPlan, versionPoll } from './ubx-plan.ts'

/** A receiver answers within its epoch, and at 1 Hz after a long burst at 9600 baud. */
const answerMs = 1200
/** A message may be lost once: its input buffer is small. */
const tries = 2
/** What an epoch's sentences take with four constellations, bytes, and the bits that each takes on the line (8N1). */
const epochBytes = 450
const bitsPerByte = 10
/** Fast enough for 10 Hz, and what every u-blox receiver can. */
const fastBaud = 115_200

/** How it went: what is set up now, what is wrong, or the rate that the line runs at from now on. */
export type UbloxOutcome = { done: string } | { problem: string } | { raisedTo: number }

export interface UbloxSetUpOptions {
  /** Fixes a second wanted, 1 to 10. */
  rateHz: number
  /** Baud rate of the line. */
  baud: number
  /** Whether the line may be made faster where the rate does not fit. */
  mayRaise: boolean
  write: (bytes: Uint8Array) => void
  /** Real milliseconds waited for an answer. @default 1200 */
  waitMs?: number
}

const isAckOf = (answer: UbxMessage, { classId, id }: UbxMessage): boolean =>
  answer.classId === ack.classId && answer.payload[0] === classId && answer.payload[1] === id

/**
 * Sets up a u-blox receiver over an open line: its rate, and the sentences that are read. Nothing is stored in it: it
 * forgets all when its power is cut. What it does not take is reported, and it is used as it is.
 */
export const createUbloxSetUp = (options: UbloxSetUpOptions) => {
  const { baud, mayRaise, write, waitMs = answerMs } = options
  let waiting: ((message: UbxMessage) => void) | null = null
  const take = createUbxReader((message) => waiting?.(message))

  /** Sends a message until it is answered; null where it is not. */
  const ask = async (
    message: UbxMessage,
    isAnswer: (answer: UbxMessage) => boolean,
    times = tries,
  ): Promise<UbxMessage | null> => {
    for (let attempt = 0; attempt < times; attempt++) {
      const answered = Promise.withResolvers<UbxMessage | null>()
      const timer = setTimeout(() => answered.resolve(null), waitMs)
      waiting = (answer) => {
        if (isAnswer(answer)) answered.resolve(answer)
      }
      write(ubxFrame(message))
      const answer = await answered.promise
      clearTimeout(timer)
      waiting = null
      if (answer !== null) return answer
    }
    return null
  }

  /** Why a message is not in force; null where it is acknowledged. */
  const refusal = async (message: UbxMessage): Promise<string | null> => {
    const answer = await ask(message, (one) => isAckOf(one, message))
    const name = `message 06 ${message.id.toString(16).padStart(2, '0')}`
    if (answer === null) return `${name} was not answered`
    return answer.id === ack.yes ? null : `${name} was refused`
  }

  const fits = (rateHz: number): boolean => rateHz * epochBytes * bitsPerByte <= baud

  const run = async (): Promise<UbloxOutcome> => {
    const version = await ask(
      versionPoll,
      ({ classId, id }) => classId === versionPoll.classId && id === versionPoll.id,
    )
    if (version === null) return { problem: 'it does not answer as a u-blox receiver; it is used as it is' }
    const protocol = protocolOf(version) ?? 0
    if (!fits(options.rateHz) && mayRaise) {
      // Its answer comes at either rate, if at all; waiting for it lets the message out before the port is closed.
      const message = baudMessage(protocol, fastBaud)
      await ask(message, (one) => isAckOf(one, message), 1)
      return { raisedTo: fastBaud }
    }
    let rateHz = options.rateHz
    while (rateHz > 1 && !fits(rateHz)) rateHz--
    const { all, oneOf } = setUpPlan(protocol, rateHz)
    for (const message of all) {
      const refused = await refusal(message)
      if (refused !== null) return { problem: `setting it up: ${refused}; it is used as it is` }
    }
    const refusals: (string | null)[] = []
    for (const message of oneOf) refusals.push(await refusal(message))
    if (oneOf.length > 0 && !refusals.includes(null))
      return { problem: `setting it up: ${refusals[0]}; it is used as it is` }
    return rateHz === options.rateHz
      ? { done: `${rateHz} Hz` }
      : { problem: `${options.rateHz} Hz do not fit its line of ${baud} baud: it is set to ${rateHz} Hz` }
  }

  return { take, run }
}
