import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { BenchCar } from './sealed-fleet.ts'

/** What the process of the cars is told. */
export type Task =
  | {
      do: 'start'
      cars: readonly BenchCar[]
      url: string
      /** Each car has a connection of its own and logs in; otherwise one gateway speaks for all. */
      apart: boolean
      seed: number
    }
  /** Seals so many telematics messages of a boot, the cars in turn. */
  | { do: 'prepare'; messages: number; boot: number; fromMs: number }
  /** Publishes what is prepared as fast as it is acked. */
  | { do: 'flood'; seconds: number; window: number }
  /** Publishes it evenly, with alerts between. */
  | { do: 'pace'; eventsPerS: number; alertsPerS: number; seconds: number; live: { http: string; token: string } }

export type TaskOf<Name extends Task['do']> = Extract<Task, { do: Name }>
/** What it found, by name. */
export type Done = Record<string, number | boolean>

/** The process of the cars. */
export interface Publisher extends AsyncDisposable {
  readonly pid: number
  run(task: Exclude<Task, { do: 'start' }>): Promise<Done>
}

/** Starts the process; it is connected when this ends. */
export async function startPublisher(options: Omit<TaskOf<'start'>, 'do'>): Promise<Publisher> {
  const child = fork(fileURLToPath(new URL('./publisher.ts', import.meta.url)))
  child.send(options)
  await answer(child)
  return {
    pid: child.pid!,
    async run(task) {
      child.send(task)
      return (await answer(child)) as Done
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return
      const closed = once(child, 'close')
      child.kill()
      await closed
    },
  }
}

async function answer(child: ChildProcess): Promise<unknown> {
  const given = new AbortController()
  const { signal } = given
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([message]) => message),
      once(child, 'exit', { signal }).then(([code]) => Promise.reject(new Error(`the cars ended with ${code}`))),
    ])
  } finally {
    given.abort()
  }
}
