import assert from 'node:assert/strict'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { chromium } from 'playwright-core'
import { unconnected } from '../src/db/unconnected.ts'
import { startServer } from '../src/server.ts'
import { createTestApp } from './api-rig.ts'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const skip = existsSync(executablePath)
  ? false
  : `there is no Chromium at ${executablePath}: install it, or name it in CHROMIUM`
/** Pictures for looking, where a folder is named. */
const pictures = process.env.FAIRMILE_REDOC_PICTURES

describe('the reference at /redoc', { skip }, async () => {
  if (skip) return
  const { app } = createTestApp(unconnected())
  const server = await startServer({ app, live: null, host: '127.0.0.1', port: 0 })
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'],
  })
  after(async () => {
    await browser.close()
    await server.close()
  })
  const described = (await (await app.request('/openapi.json')).json()) as { paths: Record<string, object> }
  const methods = ['get', 'post', 'put', 'patch', 'delete']
  const operations = Object.values(described.paths).flatMap((path) => methods.filter((method) => method in path))

  for (const { name, width, colorScheme } of [
    { name: 'a desk’s screen', width: 1380, colorScheme: 'light' },
    { name: 'a phone in the dark', width: 390, colorScheme: 'dark' },
  ] as const)
    it(`lists every operation on ${name}, with no error and nothing from elsewhere`, async () => {
      const page = await browser.newPage({ viewport: { width, height: 844 }, colorScheme })
      const problems: string[] = []
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
      page.on('pageerror', (error) => problems.push(error.message))
      page.on('request', (request) => {
        if (/^https?:/.test(request.url()) && !request.url().startsWith(server.url)) problems.push(request.url())
      })
      await page.goto(`${server.url}/redoc`)
      await page.locator('[data-section-id]').last().waitFor({ state: 'attached' })
      assert.ok(operations.length > 100)
      assert.equal(await page.locator('div[id*="/operation/"]').count(), operations.length)
      assert.ok((await page.locator('html').evaluate((html) => html.scrollWidth)) <= width, 'it scrolls sideways')
      if (width < 800) await page.locator('[data-section-id]').first().waitFor()
      else {
        await page.getByPlaceholder('Search').fill('log out')
        await page
          .getByRole('menuitem', { name: /log out/i })
          .first()
          .waitFor()
      }
      if (pictures) {
        mkdirSync(pictures, { recursive: true })
        await page.screenshot({ path: join(pictures, `${width}-${colorScheme}.png`) })
      }
      assert.deepEqual(problems, [])
      await page.close()
    })
})
