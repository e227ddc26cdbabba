/** `npm run chaos -- ID [--seed N] [--runs N] [--json]`: a fault of docs/faults.md; the last line is one JSON object. */
import { runNamed } from './run-named.ts'

await runNamed('chaos')
