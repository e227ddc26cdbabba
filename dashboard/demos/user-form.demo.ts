import { html } from 'lit'
import { UserForm } from '../src/components/user-form.ts'
import type { Demo } from './demo.ts'
import { sampleAdminUsers } from './samples/admin.ts'

export const demo: Demo = {
  'a new admin': () => html`<fm-user-form></fm-user-form>`,
  'a new driver, with a password': () => html`<fm-user-form .role=${'driver'} .invites=${false}></fm-user-form>`,
  'a new password': () => html`<fm-user-form .user=${sampleAdminUsers[1]}></fm-user-form>`,
  refused: () => {
    const form = new UserForm()
    form.act.error =
      'Nobody can be invited by e-mail here, as the service was started without SMTP_URL, MAIL_FROM or PUBLIC_URL: set these, or give the log-in a password.'
    return html`${form}`
  },
}
