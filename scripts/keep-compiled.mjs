// From the second start on, types need not be stripped and nothing compiled: half of the start-up time. What was compiled is kept beside what
// npm installed, which "npm ci" clears, and not in /tmp, where another user of the machine could have put something first.
import module from 'node:module'
import { fileURLToPath } from 'node:url'

module.enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/node-compile', import.meta.url)))
