import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A process of a bench that is asked by messages, one question at a time. */
export interface BenchChild {
  ask<T>(question: object): Promise<T>
  end(): Promise<void>
}

/** Starts a file beside this one as a process; it is gone with this one. */
export function startChild(file: string): BenchChild {
  const child: ChildProcess = fork(fileURLToPath(new URL(file, import.meta.url)))
  process.once('exit', () => child.kill('SIGKILL'))
  return {
    ask: async <T>(question: object): Promise<T> => {
      const over = new AbortController() // takes off whichever listener heard nothing
      const { signal } = over
      child.send(question)
      const ended = once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`Asking "${file}": it ended with ${code}`)
      })
      try {
        const [message] = await Promise.race([once(child, 'message', { signal }), ended])
        return message as T
      } finally {
        over.abort()
      }
    },
    end: async () => {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.send('end')
      await ended
    },
  }
}
