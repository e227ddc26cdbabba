import { statSync } from 'node:fs'

/** How often the file of an open port is looked at, milliseconds. */
const goneMs = 250

/** What the file of a port is; null where there is none. A terminal that comes back is another one, if by its age alone. */
const fileOf = (path: string): string | null => {
  try {
    const { dev, ino, rdev, ctimeMs } = statSync(path)
    return `${dev} ${ino} ${rdev} ${ctimeMs}`
  } catch {
    return null
  }
}

/** Calls back once when the file of a port is gone or another one; gives what cancels it. */
export const watchFile = (path: string, gone: () => void, everyMs = goneMs): (() => void) => {
  const first = fileOf(path)
  const look = (): void => {
    const file = fileOf(path)
    if (file !== null && file === first) return
    clearInterval(timer)
    gone()
  }
  const timer = setInterval(look, everyMs)
  return () => clearInterval(timer)
}
