/**
 * The key of `await using`. Older releases of Node 20 do not have it; there a key of our own stands in,
 * so that no member is named "undefined".
 */
export const asyncDispose: typeof Symbol.asyncDispose =
  Symbol.asyncDispose ?? Symbol.for('stdio-bus-kit.asyncDispose');
