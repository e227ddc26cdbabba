/**
 * Newest version of the wire that this code speaks. It grows with each release that adds a schema; a schema says since which
 * version there is one. Version 1 is that of `examples/v1`.
 */
export const wireVersion = 2

/** The version of a cloud that has never said which it speaks. */
export const firstWireVersion = 1
