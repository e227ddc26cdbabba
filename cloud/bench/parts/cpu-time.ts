import { readFileSync } from 'node:fs'
import { childrenOf } from '../../chaos/parts/site.ts'

/** Clock ticks of a second in `/proc` (`getconf CLK_TCK`; Linux has had no other on these machines). */
const ticksPerS = 100

/** CPU seconds that processes have used, with all below them, those that have ended too. */
export const cpuSecondsOf = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + secondsOf(pid), 0)

function secondsOf(pid: number): number {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return 0 // it has just ended, and its parent counts it
  }
  // proc(5): utime, stime, cutime and cstime are the 14th to 17th fields; the name before them may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  return ticks / ticksPerS + cpuSecondsOf(childrenOf(pid))
}
