#!/usr/bin/env node
import '../../scripts/need-node-24.mjs'
import '../../scripts/quiet-pipe.mjs'

await import('../cli/fairmile.ts')
