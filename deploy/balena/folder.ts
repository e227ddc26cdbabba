/** `npm run deploy:balena -- OUT`: the folder that `balena push --source OUT` sends, from what git tracks. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** What the agent runs on, and the other packages' names: npm wants every workspace that the lock file lists. */
const sources = [
  ...['package.json', 'package-lock.json', '.npmrc', 'scripts', 'contract', 'firmware-bridge', 'models', 'agent'],
  ...['cloud', 'dashboard', 'sim'].map((name) => `${name}/package.json`),
]

const [out] = process.argv.slice(2)
if (!out) {
  console.error('name the folder to write: npm run deploy:balena -- OUT')
  process.exit(2)
}
mkdirSync(out, { recursive: true })
if (readdirSync(out).length > 0) {
  console.error(`writing the fleet's folder: "${out}" is not empty; name a new one`)
  process.exit(1)
}
const tracked = execFileSync('git', ['ls-files', '-z', '--', ...sources], { cwd: root, encoding: 'utf8' })
for (const file of tracked.split('\0').filter(Boolean)) copy(file, file)
for (const file of ['balena.yml', 'docker-compose.yml', 'Dockerfile.template']) copy(join('deploy/balena', file), file)
// The in-car page is built here: the image has no build tools.
const vite = join(root, 'dashboard', 'node_modules', '.bin', 'vite')
execFileSync(existsSync(vite) ? vite : 'vite', ['build', '--config', 'in-car/vite.config.ts', '--logLevel', 'warn'], {
  cwd: join(root, 'dashboard'),
  stdio: ['ignore', 'ignore', 'inherit'],
})
cpSync(join(root, 'dashboard/dist/in-car'), join(out, 'dashboard/dist/in-car'), { recursive: true })
console.error(`"${out}" is ready: balena push YOUR-FLEET --source ${out}`)

function copy(from: string, to: string): void {
  mkdirSync(dirname(join(out as string, to)), { recursive: true })
  cpSync(join(root, from), join(out as string, to))
}
