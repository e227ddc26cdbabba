import { api } from './api.ts'

const workerPath = '/push-worker.js'
/** Where this browser keeps the id of its subscription. */
const idKey = 'fairmile-push-subscription'

/** How web push stands in this browser. */
export type PushState = 'unsupported' | 'blocked' | 'off' | 'on'

/** How web push stands in this browser; asks nobody for anything. */
export async function pushState(): Promise<PushState> {
  if (!('serviceWorker' in navigator && 'PushManager' in window)) return 'unsupported'
  if (Notification.permission === 'denied') return 'blocked'
  const registration = await navigator.serviceWorker.getRegistration('/')
  const subscription = await registration?.pushManager?.getSubscription()
  return subscription && localStorage.getItem(idKey) !== null ? 'on' : 'off'
}

/** Has this browser told of a driver's notifications; asks the person for leave. */
export async function turnPushOn(driverId: string, pushKey: string): Promise<PushState> {
  if ((await Notification.requestPermission()) !== 'granted') return await pushState()
  const registration = await navigator.serviceWorker.register(workerPath)
  await navigator.serviceWorker.ready
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: pushKey,
  })
  const { endpoint, keys = {} } = subscription.toJSON()
  const { p256dh = '', auth = '' } = keys
  const { id } = await api.addPushSubscription(driverId, { endpoint: endpoint ?? '', keys: { p256dh, auth } })
  localStorage.setItem(idKey, id)
  return await pushState()
}

/** Has this browser told no more. */
export async function turnPushOff(driverId: string): Promise<PushState> {
  const id = localStorage.getItem(idKey)
  const registration = await navigator.serviceWorker.getRegistration('/')
  await (await registration?.pushManager.getSubscription())?.unsubscribe()
  localStorage.removeItem(idKey)
  // The cloud would find out by itself with the next push.
  if (id !== null) await api.removePushSubscription(driverId, id).catch(() => {})
  return await pushState()
}
