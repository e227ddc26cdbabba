import { type CloudApi, logIn } from './cloud-api.ts'
import type { DemoAccounts } from './demo-accounts.ts'

/** What the demonstration's car needs to begin. */
export interface Provisioned {
  driverId: string
  /** Null where the agent has been claimed before. */
  claimCode: string | null
}

/** The plan that the demonstration's policy is under. */
const PLAN = 'fairmile-1'
const DAY_MS = 86_400_000
const TERM_DAYS = 365

/**
 * Makes sure of the demonstration's driver, policy and device, as the admin over HTTP.
 *
 * @param options `claimed` whether the agent already has an identity of its own
 */
export async function provision(options: {
  baseUrl: string
  accounts: DemoAccounts
  claimed: boolean
}): Promise<Provisioned> {
  const { accounts } = options
  const admin = await logIn(options.baseUrl, accounts.admin).catch((cause: unknown) => {
    throw new Error(
      'Logging in as the demonstration admin failed. The database was set up with another password: ' +
        'use the data folder it was started with, or an empty database.',
      { cause },
    )
  })
  const known = (await admin.drivers()).items.find(({ email }) => email === accounts.driver.email)
  const driver = known ?? (await admin.createDriver({ name: 'Demo Driver', ...accounts.driver }))
  const policy = driver.policies[0] ?? (await createPolicy(admin, driver.id))
  const claimCode = options.claimed ? null : (await admin.createDevice(policy.id)).claimCode
  return { driverId: driver.id, claimCode }
}

/** From yesterday, so that a recording played at speed, whose time ends now, lies within the term. */
function createPolicy(admin: CloudApi, driverId: string): Promise<{ id: string }> {
  const day = (shift: number): string => new Date(Date.now() + shift * DAY_MS).toISOString().slice(0, 10)
  return admin.createPolicy({
    driverId,
    vehicle: { name: 'Simulated car' },
    planId: PLAN,
    startsOn: day(-1),
    endsOn: day(TERM_DAYS - 2),
  })
}
