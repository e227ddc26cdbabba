import { stat } from 'node:fs/promises'

/** How often the file of an open port is looked at, milliseconds. */
const goneMs = 250

/** What the file of a port is; null where there is none. A terminal that comes back is another one, if by its age alone. */
const fileOf = async (path: string): Promise<string | null> => {
  try {
    const { dev, ino, rdev, ctimeMs } = await stat(path)
    return `${dev} ${ino} ${rdev} ${ctimeMs}`
  } catch {
    return null
  }
}

/** Calls back once when the file of a port is gone or another one; gives what cancels it. */
export const watchFile = (path: string, gone: () => void, everyMs = goneMs): (() => void) => {
  let first: string | null | undefined
  const look = async (): Promise<void> => {
    const file = await fileOf(path)
    first ??= file
    if (file !== null && file === first) return
    clearInterval(timer)
    gone()
  }
  const timer = setInterval(() => void look(), everyMs)
  void look()
  return () => clearInterval(timer)
}
