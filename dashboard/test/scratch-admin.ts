import {
  sampleAdminDrivers,
  sampleAdminPolicies,
  sampleAdminUsers,
  sampleOverview,
  samplePreview,
  sampleReport,
  sampleReports,
  sampleRun,
  sampleRunItems,
} from '../demos/samples/admin.ts'
import { sampleRedemptions, sampleRefusedRedemption } from '../demos/samples/rewards.ts'
import {
  sampleAttempts,
  sampleCreatedWebhook,
  sampleDeadDeliveries,
  sampleDeadNotifications,
  sampleRenewedSecret,
  sampleWebhooks,
} from '../demos/samples/webhooks.ts'

/** A status and what is answered with it. */
export type Answer = [status: number, body: unknown]

interface Asked {
  readonly method: string
  /** Parts of the path below `/api/v1/admin`. */
  readonly parts: readonly string[]
  /** A page of a list, empty where the cloud is. */
  readonly page: (items: readonly unknown[]) => Answer
}

/** What the scratch cloud answers below `/api/v1/admin`. */
export function adminAnswer({ method, parts: [list, id, part], page }: Asked): Answer {
  switch (list) {
    case 'overview':
      return [200, sampleOverview]
    case 'drivers':
      return page(sampleAdminDrivers)
    case 'policies':
      return page(sampleAdminPolicies)
    case 'users':
      return page(sampleAdminUsers)
    case 'reports':
      return id === undefined ? page(sampleReports) : [200, sampleReport]
    case 'rewards':
      return part === undefined ? page(sampleRedemptions) : [200, sampleRefusedRedemption]
    case 'webhooks':
      return webhookAnswer({ method, id, part, page })
    case 'deliveries':
      return id === 'replay' ? [200, { replayed: 1 }] : page(sampleDeadDeliveries)
    case 'notification-deliveries':
      return id === 'replay' ? [200, { replayed: 2 }] : page(sampleDeadNotifications)
    case 'bulk':
      return part === 'preview' ? [200, samplePreview] : [202, { ...sampleRun, state: 'waiting' }]
    case 'bulk-runs':
      if (id === undefined) return page([])
      return part === 'items' ? page(sampleRunItems) : [200, sampleRun]
    default:
      return [404, { title: 'Not found', status: 404, detail: 'There is none.' }]
  }
}

type OfWebhook = Pick<Asked, 'method' | 'page'> & { id: string | undefined; part: string | undefined }

function webhookAnswer({ method, id, part, page }: OfWebhook): Answer {
  if (part === 'secret') return [200, sampleRenewedSecret]
  if (method === 'POST') return [201, sampleCreatedWebhook]
  if (method === 'DELETE') return [204, null]
  if (part === 'attempts') return page(sampleAttempts)
  return id === undefined ? page(sampleWebhooks) : [200, sampleWebhooks[0]]
}
