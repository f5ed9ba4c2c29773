import * as generatedValidators from './generated/validators.ts';
import { nearestName } from './nearest-name.ts';
import { fileEnding, readSchemaFiles, type SchemaFile, type SchemaObject } from './schema-file.ts';
import type { Validator } from './validator.ts';

/** The folder of the hand-written schemas, in a checkout and in an installed package. */
export const schemaFolder = new URL('../../schemas/', import.meta.url);

/** A named definition of a schema file: its schema, and the validator made from it. */
export interface Definition {
  /** File and definition: `frame#Request`. */
  readonly name: string;
  readonly file: SchemaFile;
  readonly schema: SchemaObject;
  readonly validate: Validator<unknown>;
}

/** Every schema file and definition, read from the package's `*.schema.json`. */
export class Definitions {
  readonly files: readonly SchemaFile[];
  readonly #resolved = new Map<string, Definition>();

  constructor(files: readonly SchemaFile[] = readSchemaFiles(schemaFolder)) {
    this.files = files;
  }

  /** Names that `find` takes: `frame` for a file's root, `frame#Request` for a definition. */
  names(): string[] {
    return this.files.flatMap((file) => [
      ...(rootOf(file) === undefined ? [] : [file.name]),
      ...Object.keys(file.definitions).map((definition) => `${file.name}#${definition}`),
    ]);
  }

  /** The definition of a name, or undefined. */
  find(name: string): Definition | undefined {
    const file = this.file(name);
    const [, definitionName, surplus] = name.split('#');
    const definition = definitionName ?? (file && rootOf(file));
    if (!file || !definition || surplus !== undefined) return undefined;
    return this.#definition(file, definition);
  }

  /** The file that a name begins with, its ending said or not; or undefined. */
  file(name: string): SchemaFile | undefined {
    const [typed = ''] = name.split('#');
    const fileName = typed.endsWith(fileEnding) ? typed.slice(0, -fileEnding.length) : typed;
    return this.files.find((candidate) => candidate.name === fileName);
  }

  /** What to say about a name that `find` does not know. */
  unknown(name: string): string {
    const nearest = nearestName(name, [...this.files.map((file) => file.name), ...this.names()]);
    const hint = nearest === undefined ? '' : `did you mean "${nearest}"? `;
    return `there is no schema "${name}"; ${hint}\`schema list\` lists the names`;
  }

  /** What a `$ref` in a file stands for. Throws where there is no such definition. */
  resolve(reference: string, from: SchemaFile): Definition {
    const key = `${from.name} ${reference}`;
    const known = this.#resolved.get(key);
    if (known !== undefined) return known;
    const [fileName, pointer] = reference.split('#') as [string, string];
    const name = `${fileName === '' ? from.name : fileName}#${pointer.replace('/$defs/', '')}`;
    const found = this.find(name);
    if (found === undefined) throw new Error(`${from.name} refers to ${reference}`);
    this.#resolved.set(key, found);
    return found;
  }

  #definition(file: SchemaFile, definition: string): Definition | undefined {
    // A name of Object.prototype is no definition.
    if (!Object.hasOwn(file.definitions, definition)) return undefined;
    const schema = file.definitions[definition] as SchemaObject;
    const validators = generatedValidators as unknown as Record<string, Validator<unknown>>;
    const validate = validators[`validate${definition}`] as Validator<unknown>;
    return { name: `${file.name}#${definition}`, file, schema, validate };
  }
}

/** The definition that a file's root refers to. */
function rootOf(file: SchemaFile): string | undefined {
  const reference = file.schema.$ref;
  return typeof reference === 'string' ? reference.replace('#/$defs/', '') : undefined;
}
