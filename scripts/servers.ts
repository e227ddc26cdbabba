import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'

/** A program that tests or benches start for real, and the Debian package that brings it. */
export interface Server {
  readonly name: string
  readonly debianPackage: string
  readonly found: () => boolean
}

const onPath = (program: string): boolean =>
  (process.env.PATH ?? '')
    .split(':')
    .concat('/usr/sbin', '/usr/bin')
    .some((folder) => existsSync(`${folder}/${program}`))

/** What the cloud may stand on. */
export const cloudServers: readonly Server[] = [
  {
    name: 'PostgreSQL server',
    debianPackage: 'postgresql',
    found: () =>
      existsSync('/usr/lib/postgresql') &&
      readdirSync('/usr/lib/postgresql').some((version) => existsSync(`/usr/lib/postgresql/${version}/bin/initdb`)),
  },
  { name: 'Mosquitto broker', debianPackage: 'mosquitto', found: () => onPath('mosquitto') },
  { name: 'Redis server', debianPackage: 'redis-server', found: () => onPath('redis-server') },
]

/** What compiles C. */
export const compilers: readonly Server[] = [
  { name: 'C compiler', debianPackage: 'gcc', found: () => onPath('gcc') },
  { name: 'C library headers', debianPackage: 'libc6-dev', found: () => existsSync('/usr/include/stdio.h') },
]

const servers: readonly Server[] = [
  ...cloudServers,
  ...compilers,
  { name: 'Chromium', debianPackage: 'chromium', found: () => existsSync('/usr/bin/chromium') },
  { name: 'C++ compiler (for i2c-bus)', debianPackage: 'g++', found: () => onPath('g++') },
  { name: 'make (for i2c-bus)', debianPackage: 'make', found: () => onPath('make') },
  { name: 'Python (for node-gyp)', debianPackage: 'python3', found: () => onPath('python3') },
]

/** gpsd's decoder, the reference of a bench. */
export const gpsdecode: Server = {
  name: 'gpsdecode',
  debianPackage: 'gpsd-clients',
  found: () => onPath('gpsdecode'),
}

/**
 * Makes sure that programs are here: installs what is missing as root on Debian, names it otherwise.
 *
 * @param needed @default all that the tests start
 * @throws Error naming every missing program and the command that installs them
 */
export function ensureServers(needed: readonly Server[] = servers): void {
  const missing = needed.filter((server) => !server.found())
  if (missing.length === 0) return
  const packages = missing.map((server) => server.debianPackage)
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
  const names = missing.map((server) => server.name).join(', ')
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new Error(`real programs are started here, and these are missing: ${names}. Install them: sudo ${command}`)
  console.error(`installing what is started here: ${names}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env })
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
  })
}
