/** `npm run bench -- NAME [--json]`: a benchmark beside its reference; the last line is one JSON object. */
import { runNamed } from './run-named.ts'

await runNamed('bench')
