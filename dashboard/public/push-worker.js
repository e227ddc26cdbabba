// Shows what the cloud pushes to this browser, and opens the page that it is about. It is no cache: pages come from the network.
const ownPath = (path) => {
  const url = new URL(typeof path === 'string' ? path : '/notifications', self.location.origin)
  return url.origin === self.location.origin ? url.href : self.location.origin
}

self.addEventListener('push', (event) => {
  const { id, title = 'Fairmile', body = '', path, language = 'en' } = event.data?.json() ?? {}
  const shown = { body, tag: `fairmile-${id}`, lang: language, icon: '/favicon.svg', data: { path } }
  event.waitUntil(self.registration.showNotification(title, shown))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const url = ownPath(event.notification.data?.path)
  const open = async () => {
    const [page] = await self.clients.matchAll({ type: 'window' })
    if (!page) return await self.clients.openWindow(url)
    await page.navigate(url)
    return await page.focus()
  }
  event.waitUntil(open())
})
