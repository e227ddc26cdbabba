#!/usr/bin/env node
import module from 'node:module'
import '../../scripts/need-node-24.mjs'

// From the second start on, types need not be stripped and nothing compiled: half of the start-up time.
module.enableCompileCache?.()
await import('../src/cli/main.ts')
