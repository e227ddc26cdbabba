#!/usr/bin/env node
import module from 'node:module'
import '../../scripts/need-node-24.mjs'
import { beginAnew, hasBegunWith } from '../../scripts/begin-anew.mjs'
import v8Flags from './v8-flags.json' with { type: 'json' }

const runs = process.argv[2] === 'run'

// A process that runs for months beside others on a small computer: a young generation of 2 MiB instead of 16 costs some
// collections a second and saves 50 MB; the bound of the old one has it collected in time. V8 takes both at its start alone. glibc's
// heap a thread costs some MB more: two heaps are enough.
if (runs && !hasBegunWith(v8Flags)) beginAnew(v8Flags, { MALLOC_ARENA_MAX: '2', ...process.env })

// What strips types takes 35 MB and never gives them back, so a process that will run for months and had to strip begins once more, with what
// it has learnt.
await import('../../scripts/keep-compiled.mjs')
if (!runs) await import('../../scripts/quiet-pipe.mjs')
const { runProgram } = await import('../src/cli/main.ts')
if (runs && process.env.FAIRMILE_COMPILED === undefined) {
  await import('../src/cli/run.ts')
  const stripped = process.moduleLoadList.some((name) => name.includes('deps/amaro'))
  if (stripped && module.getCompileCacheDir?.()) {
    module.flushCompileCache()
    beginAnew(v8Flags, { ...process.env, FAIRMILE_COMPILED: '1' })
  }
}
await runProgram()
