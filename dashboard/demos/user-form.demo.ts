import { html } from 'lit'
import { UserForm } from '../src/components/user-form.ts'
import type { Demo } from './demo.ts'
import { sampleAdminUsers } from './samples/admin.ts'

export const demo: Demo = {
  'a new admin': () => html`<fm-user-form></fm-user-form>`,
  'a new password': () => html`<fm-user-form .user=${sampleAdminUsers[1]}></fm-user-form>`,
  refused: () => {
    const form = new UserForm()
    form.act.error = '"bo@example.com" has a log-in already.'
    return html`${form}`
  },
}
