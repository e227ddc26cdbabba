import type { BoardAck, DownMessage, Sleep } from '@fairmile/firmware-bridge/messages.ts'
import type { After } from '../clock.ts'

/** One tone of the board's buzzer; 0 Hz is a pause. */
export interface Tone {
  frequencyHz: number
  durationMs: number
}

/** What became of a command; `unanswered` also where no board is there. */
export type CommandAnswer = BoardAck['status'] | 'unanswered'

/** What a board can be told to do. */
export interface BoardCommands {
  /** Sounds tones one after the other; a pattern under way ends. What no board is there for is dropped and counted. */
  buzz(pattern: readonly Tone[]): void
  /** Has the computer's power cut after `afterS`, until the ignition comes on or `wakeS` have passed (0: ignition alone). */
  sleep(options: Omit<Sleep, 'kind'>): Promise<CommandAnswer>
}

/** More tones than any alert has; the rest of a pattern is left out. */
const maxTones = 32
/** Answered at once by a board that is there (PROTOCOL.md: sent again after a second). */
const answerMs = 1000
const maxTries = 3

/** Sends a message and gives its running number. */
type Send = (message: DownMessage) => number

/** Commands to whatever board is on the line now. @param options `failed` is told of each that was not done */
export const createBoardCommands = ({ after, failed }: { after: After; failed: () => void }) => {
  let send: Send | null = null
  let cancelTone = () => {}
  const waiting = new Map<number, (answer: CommandAnswer) => void>()

  const play = (pattern: readonly Tone[], index: number): void => {
    const tone = pattern[index]
    if (tone === undefined || index >= maxTones) return
    if (send === null) {
      failed()
      return
    }
    if (tone.frequencyHz > 0) send({ kind: 'buzzer', ...tone })
    cancelTone = after(tone.durationMs, () => play(pattern, index + 1))
  }

  const ask = (message: DownMessage): Promise<CommandAnswer> =>
    new Promise((resolve) => {
      if (send === null) return resolve('unanswered')
      const seq = send(message)
      const settle = (answer: CommandAnswer): void => {
        cancel()
        waiting.delete(seq)
        resolve(answer)
      }
      const cancel = after(answerMs, () => settle('unanswered'))
      waiting.set(seq, settle)
    })

  const commands: BoardCommands = {
    buzz(pattern) {
      cancelTone()
      play(pattern, 0)
    },
    async sleep(options) {
      let answer: CommandAnswer = 'unanswered'
      for (let tries = 0; tries < maxTries && send !== null && answer === 'unanswered'; tries++)
        answer = await ask({ kind: 'sleep', ...options })
      if (answer === 'unanswered') failed()
      return answer
    },
  }
  return {
    commands,
    /** A board is on the line. */
    attach(line: Send): void {
      send = line
    },
    /** It is gone: what waits for it is not answered. */
    detach(): void {
      send = null
      cancelTone()
      for (const settle of [...waiting.values()]) settle('unanswered')
    },
    onAck({ of, status }: BoardAck): void {
      if (status !== 'done') failed()
      waiting.get(of)?.(status)
    },
  }
}
