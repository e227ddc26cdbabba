import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Whether the agent of this data folder was last in the car of that name; remembers the name for the next time.
 *
 * In another car the box sits at another angle, and the mount that it knows is wrong.
 */
export function isSameCar(dataDir: string, name: string): boolean {
  const file = join(dataDir, 'last-car')
  const last = existsSync(file) ? readFileSync(file, 'utf8') : name
  writeFileSync(file, name)
  return last === name
}
