import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './run.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const root = here('../..')

/** Another seed and other numbers than any portfolio that models are trained on. */
const seed = 2
const firstDriver = 1_000_000

/**
 * Draws simulated drivers that training never saw, of whom a month, a quarter or a year was seen, and scores them by the production code.
 *
 * @param artifact folder of the driver model
 * @returns the folder with `month`, `quarter` and `year`
 */
export async function drawHeldOut(artifact: string, drivers: number): Promise<string> {
  const folder = join(root, 'data/training/held-out')
  await mkdir(folder, { recursive: true })
  const draw = async (name: string, days: number, count: number): Promise<void> => {
    const which = ['--name', name, '--days', String(days), '--drivers', String(count), '--out', folder]
    const people = ['--seed', String(seed), '--first', String(firstDriver)]
    await run(process.execPath, [here('portfolio/portfolio.ts'), ...which, ...people])
    await run(process.execPath, [here('score-table.ts'), folder, name, artifact])
  }
  // Two at a time: a process a core.
  await Promise.all([
    draw('month', 30, drivers).then(() => draw('quarter', 91, drivers)),
    draw('year', 365, Math.max(100, Math.round(drivers / 4))),
  ])
  return folder
}
