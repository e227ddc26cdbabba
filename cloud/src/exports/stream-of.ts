/** How a stream goes wrong, and what is told of it. */
export interface StreamOptions {
  /** How long nobody may take anything before it is given up, ms. */
  readonly idleMs: number
  /** Told the error that broke it off. */
  readonly failed: (error: unknown) => void
}

/** Why an export ended before its end; what was wrong is in the log. */
class BrokenExportError extends Error {
  override readonly name = 'BrokenExportError'
}

/**
 * Gives pieces as a stream that makes each as it is asked for, and none ahead.
 *
 * What goes wrong breaks it, so that half a file never looks whole; who goes away, or takes nothing for too long, ends the making.
 * The first piece is made at once: what is wrong from the start is thrown, while there still may be another answer.
 */
export async function streamOf(
  pieces: AsyncGenerator<Uint8Array>,
  { idleMs, failed }: StreamOptions,
): Promise<ReadableStream<Uint8Array>> {
  let waiting: Promise<IteratorResult<Uint8Array>> | null = Promise.resolve(await pieces.next())
  let isOver = false
  let idle: NodeJS.Timeout | undefined
  const end = () => {
    isOver = true
    clearTimeout(idle)
  }
  const wait = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    idle = setTimeout(() => {
      end()
      controller.error(new BrokenExportError('The export broke off: nobody took it.'))
      void pieces.return(undefined).catch(failed)
    }, idleMs).unref()
  }
  return new ReadableStream<Uint8Array>(
    {
      start: wait,
      async pull(controller) {
        clearTimeout(idle)
        try {
          const { done, value } = await (waiting ?? pieces.next())
          waiting = null
          if (isOver) return
          if (done) {
            end()
            return controller.close()
          }
          controller.enqueue(value)
          wait(controller)
        } catch (error) {
          if (isOver) return
          end()
          failed(error)
          controller.error(new BrokenExportError('The export broke off; ask for it again.'))
        }
      },
      async cancel() {
        end()
        await pieces.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}
