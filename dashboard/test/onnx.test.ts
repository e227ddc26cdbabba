import assert from 'node:assert/strict'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Parity, parityRows } from '@fairmile/models/explain/parity-rows.ts'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { nativeAnswers } from '../../models/training/native-answers.ts'
import { pythonMissing } from '../../scripts/python-environment.ts'
import { noBrowser, startBrowser } from './browser.ts'
import { contentSecurityPolicy } from './scratch-cloud.ts'

const artifacts = fileURLToPath(new URL('../../models/artifacts', import.meta.url))
const folders = globSync('*/*/parity.json', { cwd: artifacts }).map((path) => join(artifacts, path, '..'))
const rowCount = 10_000
const tolerance = 1e-5
const origin = 'http://scores.test'
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' }

test('createBrowserInfer gives the margins of XGBoost in Chromium, missing values included', {
  skip: noBrowser || (pythonMissing() ?? false),
}, async (context) => {
  const files = new Map<string, Uint8Array>()
  const pages = mkdtempSync(join(tmpdir(), 'fairmile-parity-'))
  context.after(() => rmSync(pages, { recursive: true }))
  await build({
    configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
    root: fileURLToPath(new URL('parity-page', import.meta.url)),
    logLevel: 'error',
    build: { outDir: pages },
  })
  const browser = await startBrowser()
  context.after(() => browser.close())
  const page = await (await browser.newContext()).newPage()
  await serve(page, (path) => files.get(path) ?? readFileSync(join(pages, path)))
  await page.goto(`${origin}/index.html`)
  assert.equal(await page.evaluate(() => crossOriginIsolated), false)

  assert.ok(folders.length > 0)
  for (const folder of folders) {
    const parity: Parity = JSON.parse(readFileSync(join(folder, 'parity.json'), 'utf8'))
    const rows = parityRows(parity, rowCount, 21)
    files.set('/model.onnx', readFileSync(join(folder, 'model.onnx')))
    files.set('/rows.f32', new Uint8Array(rows.buffer))
    const width = parity.rows[0]!.length
    const margins: number[] = await page.evaluate(
      `marginsOf({ model: '/model.onnx', rows: '/rows.f32', width: ${width} })`,
    )
    const native = await nativeAnswers(folder, rows, 'margins')
    assert.equal(margins.length, rowCount)
    for (const [index, margin] of margins.entries())
      assert.ok(Math.abs(margin - native[index]!) <= tolerance, `${folder}, row ${index}: ${margin}`)
  }
})

/** Answers a page's requests with files, under the policy of the cloud. */
async function serve(page: Page, read: (path: string) => Uint8Array): Promise<void> {
  await page.route(`${origin}/**`, (route) => {
    const { pathname } = new URL(route.request().url())
    const headers = {
      'content-type': types[extname(pathname)] ?? 'application/octet-stream',
      'content-security-policy': contentSecurityPolicy,
    }
    return route.fulfill({ headers, body: Buffer.from(read(pathname)) })
  })
}
