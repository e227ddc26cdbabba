/**
 * Writes the types of the dashboard's client from the API's own description; with `--check` it only says whether they are up to date.
 *
 * `npm run api-client` after every change of a route.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { describeApi } from '../cloud/src/describe-api.ts'

const file = fileURLToPath(new URL('../dashboard/src/data/generated/api-paths.d.ts', import.meta.url))
const head =
  '/** Written by `npm run api-client` from the API’s description: what the cloud takes and answers. Not to be edited. */\n\n'

const description = (await describeApi()) as unknown as OpenAPI3
const types = head + astToString(await openapiTypescript(description, { alphabetize: true }))
if (!process.argv.includes('--check')) writeFileSync(file, types)
else if (readFileSync(file, 'utf8') !== types) {
  console.error('The types of the API client are not those of the routes: run "npm run api-client".')
  process.exitCode = 1
}
