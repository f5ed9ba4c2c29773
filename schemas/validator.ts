/** One thing that a schema found wrong. */
export interface SchemaError {
  /** JSON pointer of the value that is wrong; empty for the whole document. */
  readonly instancePath: string;
  /** Where the schema says so: `#/…`, or a schema file and a pointer into it. */
  readonly schemaPath: string;
  /** The JSON Schema keyword that was not kept. */
  readonly keyword: string;
  /** Facts about it, by keyword: `{ missingProperty: 'id' }` for `required`. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/**
 * Tells whether a parsed JSON value is a T, without throwing and without coercing.
 * `errors` holds all that the last call found, null where that was nothing. There may be an error
 * for each byte or two of a text: who validates what strangers wrote bounds its length first.
 */
export interface Validator<T> {
  (value: unknown): value is T;
  errors?: readonly SchemaError[] | null;
}
