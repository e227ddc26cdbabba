import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** What goes into the pages. */
const sources = [
  'dashboard/src',
  'dashboard/in-car',
  'dashboard/index.html',
  'dashboard/vite.config.ts',
  'contract/src',
  'models/src',
  'models/artifacts',
  'models/plans',
  'models/rewards',
  'models/thresholds',
]

/** The pages, and the in-car screen that the agent serves; the first empties the folder that both are in. */
const builds = [[], ['--config', 'in-car/vite.config.ts']]

/** Builds the pages where they are missing or older than what they are made of. @param root the repository */
export function buildDashboard(root: string, say: (text: string) => void): void {
  const built = join(root, 'dashboard/dist/in-car/index.html')
  const newest = Math.max(...sources.map((path) => newestIn(join(root, path))))
  if (existsSync(built) && statSync(built).mtimeMs >= newest) return
  say('Building the pages …')
  // Wherever npm has put it: at the root, or in the workspace where versions differ.
  const vite = dirname(createRequire(join(root, 'dashboard/package.json')).resolve('vite/package.json'))
  for (const more of builds)
    execFileSync(process.execPath, [join(vite, 'bin/vite.js'), 'build', '--logLevel', 'warn', ...more], {
      cwd: join(root, 'dashboard'),
      stdio: ['ignore', 'ignore', 'inherit'],
    })
}

function newestIn(path: string): number {
  if (!existsSync(path)) return 0
  const about = statSync(path)
  if (!about.isDirectory()) return about.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newestIn(join(path, name))))
}
