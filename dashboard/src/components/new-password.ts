import { html, type TemplateResult } from 'lit'

/** Shortest password that the cloud takes. */
const minPassword = 10

/**
 * A field of a form for a new password, `password`, with what the cloud asks of one.
 *
 * @param shown whether what is typed can be read
 */
export const newPassword = (shown = false): TemplateResult =>
  html`<label>Password, ${minPassword} characters at least, five of them different<input name="password" type=${shown ? 'text' : 'password'} required minlength=${minPassword} maxlength="200" autocomplete="new-password" spellcheck="false" autocapitalize="off" /></label>`
