import {
  type BulkAction,
  DisableUsers,
  MovePolicies,
  RescoreDrivers,
  SetDevices,
} from '@fairmile/contract/http/bulk.ts'
import type { z } from 'zod'
import type { DeviceMail } from '../devices/mail.ts'
import type { PlanSource } from '../plans/plan-source.ts'
import type { BulkWork } from './bulk-work.ts'
import { disableUsers } from './disable-users.ts'
import { movePolicies } from './move-policies.ts'
import { rescoreDrivers } from './rescore-drivers.ts'
import { setDevices } from './set-devices.ts'

/** An action with the body that it takes. */
export interface BulkEntry {
  readonly body: z.ZodType
  readonly work: BulkWork<unknown>
}
export type BulkWorks = Readonly<Record<BulkAction, BulkEntry>>

interface WorksOptions {
  readonly plans: PlanSource
  readonly mail: DeviceMail
  /** Wall clock, epoch milliseconds. */
  readonly now?: (() => number) | undefined
}

/** Everything that can be done to many things at once. */
export function createBulkWorks({ plans, mail, now = Date.now }: WorksOptions): BulkWorks {
  const entry = <Body>(body: z.ZodType<Body>, work: BulkWork<Body>): BulkEntry => ({
    body,
    work: work as BulkWork<unknown>,
  })
  return {
    'move-policies': entry(MovePolicies, movePolicies({ plans, now })),
    'disable-users': entry(DisableUsers, disableUsers()),
    'device-settings': entry(SetDevices, setDevices({ mail })),
    'rescore-drivers': entry(RescoreDrivers, rescoreDrivers({ now })),
  }
}
