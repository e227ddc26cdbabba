#!/usr/bin/env node
import '../../scripts/need-node-24.mjs'
import { beginAnew, hasBegunWith } from '../../scripts/begin-anew.mjs'
import v8Flags from './v8-flags.json' with { type: 'json' }

// The service, which holds what devices send: a young generation of 2 × 16 MiB instead of 2 × 64 saves 100 MB and has short-lived buffers
// collected in time; `gc` is for ingest (src/ingest/sweep.ts). Of glibc's heaps, one a thread else, two are enough.
if (process.argv[2] === 'serve' && !hasBegunWith(v8Flags)) beginAnew(v8Flags, { MALLOC_ARENA_MAX: '2', ...process.env })

await import('../../scripts/keep-compiled.mjs')
await import('../../scripts/find-drizzle.mjs')
await import('../../scripts/quiet-pipe.mjs')
await import('../src/cli/main.ts')
