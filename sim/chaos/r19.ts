/**
 * R19: the receiver's plug is pulled in the middle of a sentence, and put back, again and again; each time it is another
 * terminal behind the same link, as with USB. Claim: the agent lives, and hears it again within five seconds.
 *
 * The control plugs it in where the agent does not look: an agent that never came back would look so. It must fail.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { positive } from '../../scripts/chaos/command.ts'
import { startLoneAgent } from '../src/chaos/lone-agent.ts'
import { createLooseReceiver } from '../src/chaos/loose-receiver.ts'
import { createRandom } from '../src/random.ts'

/** The claim; and how long to wait before the plug is pulled again, whatever the agent does. */
const backMs = 5000
const giveUpMs = 8000
/** A loose plug for the most part, and one time in ten a cable that somebody fetches. */
const looseMs = [0, 600] as const
const fetchedMs = [3000, 9000] as const
/** How long it works between two pulls. */
const worksMs = [300, 1500] as const

const options = new Command('R19')
  .description('Pulls the plug of the GNSS receiver mid-sentence; the agent must hear it again within 5 s.')
  .addHelpText('before', 'Examples:\n  npm run chaos -- R19\n  npm run chaos -- R19 --runs 3 --control\n')
  .option('--runs <n>', 'how often it is pulled', positive, 200)
  .option('--seed <n>', 'seed of the moments', positive, 1)
  .option('--control', 'put it back under another name: must fail')
  .option('--json', 'nothing but the last line')
  .parse()
  .opts<{ runs: number; seed: number; control?: true; json?: true }>()

const { runs, seed } = options
const say = (text: string): void => void (options.json || console.error(text))
const folder = mkdtempSync(join(tmpdir(), 'fairmile-r19-'))
const found = await test()
const passed = found.crashes === 0 && found.backInTime === options.runs
const seconds = Math.round(performance.now() / 100) / 10
console.log(JSON.stringify({ id: 'R19', passed, runs, seed, control: options.control === true, ...found, seconds }))
process.exitCode = passed ? 0 : 1
if (passed) rmSync(folder, { recursive: true })
else console.error(`the agent's log is kept in ${folder}`)

async function test() {
  const random = createRandom(seed, 'R19')
  const path = join(folder, 'gnss')
  const receiver = createLooseReceiver({ link: path, random })
  const elsewhere = createLooseReceiver({ link: `${path}-elsewhere`, random })
  const root = fileURLToPath(new URL('../..', import.meta.url))
  receiver.plugIn()
  const agent = startLoneAgent({ root, folder, env: { FAIRMILE_GNSS: `serial:${path}` } })
  const backsMs: number[] = []
  const result = { crashes: 0, backInTime: 0, slowestMs: null as number | null, medianMs: null as number | null }
  try {
    await agent.said('"msg":"running"')
    await sleep(2000) // the first fixes, which nothing is logged of
    for (let run = 1; run <= runs; run++) {
      const plug = run === 1 || !options.control ? receiver : elsewhere
      plug.pull()
      const [shortest, longest] = random.chance(0.1) ? fetchedMs : looseMs
      const back = agent.said('"msg":"well again"')
      await sleep(random.range(shortest, longest))
      const pluggedMs = performance.now()
      const next = options.control ? elsewhere : receiver
      next.plugIn()
      const late = new AbortController()
      await Promise.race([back, sleep(giveUpMs, undefined, { signal: late.signal })])
      late.abort()
      backsMs.push(performance.now() - pluggedMs)
      if (backsMs.at(-1)! <= backMs) result.backInTime++
      if (run % 20 === 0) say(`${run} of ${runs} times pulled, in time again ${result.backInTime}`)
      await sleep(random.range(...worksMs))
    }
  } catch (error) {
    say(String(error))
    result.crashes++
  }
  receiver.pull()
  elsewhere.pull()
  if (agent.child.exitCode === null && (await agent.stop()) !== 0) result.crashes++
  backsMs.sort((a, b) => a - b)
  if (backsMs.length > 0) {
    result.slowestMs = Math.round(backsMs.at(-1)!)
    result.medianMs = Math.round(backsMs[Math.floor(backsMs.length / 2)]!)
  }
  return result
}
