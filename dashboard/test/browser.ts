import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { password, type ScratchCloud } from './scratch-cloud.ts'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** False, or why tests with a browser cannot run here. */
export const noBrowser: false | string = existsSync(executablePath)
  ? false
  : `there is no Chromium at ${executablePath}: install it, or name it in CHROMIUM`

/** Starts a headless Chromium. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'],
  })
}

/** A page in a fresh profile, with everything that went wrong in it. */
export interface Visit {
  page: Page
  /** Errors on the console and uncaught ones, but for answers that a test asked for. */
  problems: string[]
}

/** Opens a path, logged in as `email` unless that is null. */
export async function visit(
  browser: Browser,
  cloud: ScratchCloud,
  path: string,
  { email = 'driver@example.com', ...options }: BrowserContextOptions & { email?: string | null } = {},
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1380, height: 1180 }, ...options })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('Failed to load resource')) problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  await page.goto(cloud.url + path)
  if (email !== null) await logIn(page, email)
  return { page, problems }
}

/** Fills in the log-in form and sends it. */
export async function logIn(page: Page, email: string, secret = password): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(secret)
  await page.getByRole('button', { name: 'Log in' }).click()
}
