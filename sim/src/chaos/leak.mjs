// Loaded into the agent by R21's control: memory and file handles that nobody gives back.
import { openSync } from 'node:fs'

const kept = []
setInterval(() => {
  kept.push(Buffer.alloc(64 * 1024, 1))
  if (kept.length % 30 === 0) kept.push(openSync('/dev/null'))
}, 1000).unref()
