/** A vector of `vector.schema.json#/$defs/ValueVector`. */
export interface ValueVector {
  readonly id: string;
  readonly description: string;
  readonly requirement: string;
  readonly schema: string;
  readonly valid: boolean;
  readonly frame: unknown;
}

/** Makes the vectors of one definition. */
export interface Definition {
  /** The schema accepts this value. The requirement is the part of the id before the slash. */
  accepts(id: string, description: string, value: unknown): ValueVector;
  /** The schema refuses this value. */
  refuses(id: string, description: string, value: unknown): ValueVector;
  /** Accepts each of a closed list of strings or numbers, one vector for each. */
  acceptsEach(id: string, values: readonly (string | number)[]): ValueVector[];
  /** Refuses the value without each of these members, one vector for each. */
  needs(id: string, value: object, members: readonly string[]): ValueVector[];
  /** Refuses the value with each of these members added, also as null: two vectors for each. */
  excludes(id: string, value: object, members: readonly string[]): ValueVector[];
  /** Refuses the value with a member that the definition does not know. */
  isClosed(id: string, value: object): ValueVector[];
}

/** The definition that `file#Name` names: `frame#Request` is `frame.schema.json#/$defs/Request`. */
export function definition(schema: string): Definition {
  const vector = (id: string, description: string, outcome: { valid: boolean; frame: unknown }) => {
    return { id, description, requirement: id.slice(0, id.indexOf('/')), schema, ...outcome };
  };
  return {
    accepts: (id, description, frame) => vector(id, description, { valid: true, frame }),
    refuses: (id, description, frame) => vector(id, description, { valid: false, frame }),
    acceptsEach: (id, values) =>
      values.map((frame) =>
        vector(`${id}-${nameOf(frame)}`, `${frame} is on the list`, { valid: true, frame }),
      ),
    needs: (id, value, members) =>
      members.map((member) =>
        vector(`${id}-without-${nameOf(member)}`, `The member ${member} is required`, {
          valid: false,
          frame: without(value, member),
        }),
      ),
    excludes: (id, value, members) =>
      members.flatMap((member) => [
        vector(`${id}-with-${nameOf(member)}`, `The member ${member} has no place here`, {
          valid: false,
          frame: { ...value, [member]: 'x' },
        }),
        vector(`${id}-with-null-${nameOf(member)}`, `A ${member} of null is one that is there`, {
          valid: false,
          frame: { ...value, [member]: null },
        }),
      ]),
    isClosed: (id, value) => [
      vector(`${id}-unknown-member`, 'An unknown member is refused', {
        valid: false,
        frame: { ...value, colour: 'red' },
      }),
      vector(`${id}-proto-member`, '__proto__ is an unknown member like any other', {
        valid: false,
        frame: { ...value, ['__proto__']: {} },
      }),
    ],
  };
}

/** A copy of the value without one member; throws where it has none of that name. */
export function without(value: object, member: string): object {
  if (!Object.hasOwn(value, member)) throw new Error(`there is no member ${member}`);
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== member));
}

/** A name as part of a vector's id: `waitMs` becomes `wait-ms`, `WORKER_LOST` `worker-lost`. */
export function nameOf(name: string | number): string {
  return String(name)
    .replaceAll(/[A-Z]+/g, (capitals, offset: number) => (offset > 0 ? `-${capitals}` : capitals))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
