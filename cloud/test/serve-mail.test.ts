import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { readConfig } from '../src/config.ts'
import { createLog } from '../src/log.ts'
import { startCloud } from '../src/main.ts'
import { prepareData } from './engines.ts'
import { startMailServer } from './notify-rig.ts'
import { tokenIn } from './password-rig.ts'

it('a service with SMTP_URL and PUBLIC_URL invites whom an admin adds, by links to that address alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-mail-'))
  await using parts = new AsyncDisposableStack()
  parts.defer(() => rmSync(folder, { recursive: true, force: true }))
  const mail = await startMailServer()
  parts.defer(() => mail.close())
  await prepareData(join(folder, 'data'))
  const passwordFile = join(folder, 'password')
  const admin = { email: 'admin@example.org', password: 'a password of the first admin' }
  writeFileSync(passwordFile, admin.password)
  const config = readConfig({
    ...{ PORT: '0', MQTT_PORT: '0', FAIRMILE_DATA: join(folder, 'data') },
    ...{ FAIRMILE_ADMIN_EMAIL: admin.email, FAIRMILE_ADMIN_PASSWORD_FILE: passwordFile },
    ...{ SMTP_URL: mail.url, MAIL_FROM: 'no-reply@example.org', PUBLIC_URL: 'https://fairmile.example' },
  })
  const cloud = parts.use(await startCloud(config, { log: createLog({ level: 'silent' }) }))
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${cloud.http}/api/v1/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-host': 'evil.example', ...headers },
      body: JSON.stringify(body),
    })
  const session = (await (await post('auth/login', admin)).json()) as { accessToken: string }
  const authorization = `Bearer ${session.accessToken}`
  const invited = { name: 'Bo', email: 'bo@example.org' }
  const [arrived, added] = await Promise.all([mail.next(), post('admin/users', invited, { authorization })])
  assert.equal(added.status, 201)
  assert.deepEqual(arrived.to, [invited.email])
  const chosen = { email: invited.email, password: 'a password that Bo chose' }
  const used = await post('auth/password', { token: tokenIn(arrived), password: chosen.password })
  assert.equal(used.status, 204)
  assert.equal((await post('auth/login', chosen)).status, 200)
})
