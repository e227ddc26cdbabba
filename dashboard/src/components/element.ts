import { LitElement } from 'lit'

/**
 * A LitElement with reactive properties, named and typed by their defaults.
 *
 * Lit's properties are accessors on the prototype; a class field of the same name would hide them, and `declare` needs
 * a compiler. So the defaults are assigned by the constructor of this base, and the subclass declares nothing.
 *
 * @example class Tag extends elementWith({ text: '' }) { render() { return html`${this.text}` } }
 */
export function elementWith<P extends object>(defaults: P): new () => LitElement & P {
  class WithProperties extends LitElement {
    static override properties = Object.fromEntries(Object.keys(defaults).map((name) => [name, { attribute: false }]))

    constructor() {
      super()
      Object.assign(this, defaults)
    }
  }
  return WithProperties as unknown as new () => LitElement & P
}
