#!/usr/bin/env node
import '../../scripts/need-node-24.mjs'
import '../../scripts/keep-compiled.mjs'
import '../../scripts/find-drizzle.mjs'
import '../../scripts/quiet-pipe.mjs'

await import('../src/cli/main.ts')
