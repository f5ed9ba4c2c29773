import type { SchemaError } from './validator.ts';

/**
 * The errors of a validator and of one that it called, in one list. Adds to the first list: a copy for
 * each call would take the square of the number of errors.
 */
export function joinedErrors(
  errors: SchemaError[] | null,
  called: readonly SchemaError[],
): SchemaError[] {
  if (errors === null) return [...called];
  for (const error of called) errors.push(error);
  return errors;
}
