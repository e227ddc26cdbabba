#!/usr/bin/env node
import module from 'node:module'
import '../../scripts/need-node-24.mjs'
import v8Flags from './v8-flags.json' with { type: 'json' }

// A process that runs for months beside others on a small computer: a young generation of 2 MiB instead of 16 costs some
// collections a second and saves 50 MB; the bound of the old one has it collected in time. V8 takes both at its start alone, so the
// process begins anew in its own place: same id, same files.
if (process.argv[2] === 'run' && !v8Flags.every((flag) => process.execArgv.includes(flag))) {
  const [node, ...rest] = process.argv
  process.execve?.(node, [node, '--disable-warning=ExperimentalWarning', ...v8Flags, ...process.execArgv, ...rest])
}

// From the second start on, types need not be stripped: half the start-up time and 35 MB less memory.
module.enableCompileCache?.()
await import('../src/cli/main.ts')
