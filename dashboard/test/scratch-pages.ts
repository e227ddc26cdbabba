import { after, afterEach, before } from 'node:test'
import type { Browser } from 'playwright-core'
import { startBrowser, type Visit, visit } from './browser.ts'
import { type ScratchCloud, startScratchCloud } from './scratch-cloud.ts'

/** What a suite of tests looks at pages with. */
export interface ScratchPages {
  /** What the pages ask; answers as usual again after each test. */
  readonly cloud: ScratchCloud
  /** Opens a path in a fresh profile, logged in as `email`. */
  visit(path: string, options?: Parameters<typeof visit>[3]): Promise<Visit>
}

/**
 * Starts a scratch cloud and a browser before the tests of the suite that calls it, puts both back after each, and ends them after all.
 *
 * @param options.email who logs in, unless a visit says otherwise
 */
export function scratchPages({ email = 'driver@example.com' }: { email?: string } = {}): ScratchPages {
  let browser: Browser
  let cloud: ScratchCloud
  before(async () => {
    cloud = await startScratchCloud()
    browser = await startBrowser()
  })
  after(async () => {
    await browser?.close()
    await cloud?.close()
  })
  afterEach(async () => {
    cloud.mode = 'ok'
    cloud.letsIn = true
    cloud.answers.clear()
    for (const context of browser.contexts()) await context.close()
  })
  return {
    get cloud() {
      return cloud
    },
    visit: (path, options = {}) => visit(browser, cloud, path, { email, ...options }),
  }
}
