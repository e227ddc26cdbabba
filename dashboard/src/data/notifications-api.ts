import type {
  NotificationPreferences,
  NotificationPreferencesBody,
  PushSubscriptionBody,
} from '@fairmile/contract/http/notification-preferences.ts'
import type { NotificationPage } from '@fairmile/contract/http/notifications.ts'
import { answer, client } from './client.ts'
import { of, type PageOf, pageOf } from './parameters.ts'

const { GET, POST, PUT, DELETE } = client

/** What a driver is told, and how they want to be told. */
export const notificationsApi = {
  notifications: (driverId: string, page: PageOf = {}, signal?: AbortSignal): Promise<NotificationPage> =>
    answer(GET('/api/v1/drivers/{driverId}/notifications', pageOf({ driverId }, page, signal))),
  /** Marks the notifications up to one as read. */
  readNotifications: (driverId: string, upTo: string): Promise<{ unread: number }> =>
    answer(POST('/api/v1/drivers/{driverId}/notifications/read', { ...of({ driverId }), body: { upTo } })),
  notificationPreferences: (driverId: string, signal?: AbortSignal): Promise<NotificationPreferences> =>
    answer(GET('/api/v1/drivers/{driverId}/notification-preferences', of({ driverId }, signal))),
  setNotificationPreferences: (
    driverId: string,
    { urgentByEmail = [], ...rest }: NotificationPreferencesBody,
  ): Promise<NotificationPreferences> =>
    answer(
      PUT('/api/v1/drivers/{driverId}/notification-preferences', {
        ...of({ driverId }),
        body: { ...rest, urgentByEmail },
      }),
    ),
  addPushSubscription: (driverId: string, body: PushSubscriptionBody): Promise<{ id: string }> =>
    answer(POST('/api/v1/drivers/{driverId}/push-subscriptions', { ...of({ driverId }), body })),
  removePushSubscription: (driverId: string, subscriptionId: string): Promise<null> =>
    DELETE('/api/v1/drivers/{driverId}/push-subscriptions/{subscriptionId}', of({ driverId, subscriptionId })).then(
      () => null,
    ),
}
