import { isDeepStrictEqual } from 'node:util';
import { codePointLength } from './code-point-length.ts';
import type { Definitions } from './definition.ts';
import {
  allowedValues,
  anyValue,
  descriptionOf,
  findingText,
  hasType,
  matchingText,
  neededMembers,
} from './expectation.ts';
import type { Finding, FindingSink } from './finding.ts';
import { nearestName } from './nearest-name.ts';
import type { JsonSchema, SchemaObject } from './schema-file.ts';
import { partsOf, type Rule, ruleWithin } from './schema-rule.ts';
import { bestAlternative } from './union-alternative.ts';

interface TextBounds {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** A sink of which only one thing matters: whether there was anything. */
class AnyFinding implements FindingSink {
  hasEnough = false;

  add(): void {
    this.hasEnough = true;
  }
}

/**
 * Follows a value and what it has to keep at once, and says what is not kept. It says so in words
 * and place by place, which the generated validators do not; their verdict is the same. It knows the
 * keywords that the schemas of this folder use.
 */
export class SchemaWalk {
  readonly #definitions: Definitions;
  readonly #sink: FindingSink;
  readonly #path: (string | number)[] = [];
  readonly #patterns: Map<string, RegExp>;

  constructor(definitions: Definitions, sink: FindingSink, patterns = new Map<string, RegExp>()) {
    this.#definitions = definitions;
    this.#sink = sink;
    this.#patterns = patterns;
  }

  /** Walks a value; the rule's references have been followed. */
  check(rule: Rule, value: unknown): void {
    const { schema } = rule;
    if (schema === true || this.#sink.hasEnough) return;
    if (schema === false) {
      this.#add(rule, { problem: 'not allowed here', isAboutName: true });
      return;
    }
    if (!this.#checkKind(rule, schema, value)) return;
    if (typeof value === 'string') this.#checkString(rule, schema, value);
    else if (typeof value === 'number') this.#checkNumber(rule, schema, value);
    else if (Array.isArray(value)) this.#checkArray(rule, schema, value);
    else if (typeof value === 'object' && value !== null) {
      this.#checkObject(rule, schema, value as JsonObject);
    }
    this.#checkCombination(rule, schema, value);
  }

  /** Type and constants; where these are wrong, nothing else is worth saying. */
  #checkKind(rule: Rule, schema: SchemaObject, value: unknown): boolean {
    const { type, enum: list } = schema;
    if (type === 'string' && typeof value !== 'string') {
      // Its pattern is of no interest yet.
      this.#unexpected(rule, value, 'a string');
      return false;
    }
    const isRight =
      (type === undefined || hasType(value, type as string)) &&
      (!('const' in schema) || isSame(schema.const, value)) &&
      (!Array.isArray(list) || list.some((item) => isSame(item, value)));
    if (!isRight) this.#unexpected(rule, value);
    return isRight;
  }

  #checkString(rule: Rule, schema: SchemaObject, value: string): void {
    const { minLength = 0, maxLength, pattern } = schema as TextBounds;
    // A code point has one or two units: often the units alone tell.
    if (value.length < minLength * 2 && codePointLength(value) < minLength) {
      const expected =
        minLength === 1 ? 'a string that is not empty' : `at least ${minLength} characters`;
      this.#unexpected(rule, value, expected);
    }
    if (maxLength !== undefined && value.length > maxLength && codePointLength(value) > maxLength) {
      this.#unexpected(rule, value, `at most ${maxLength} characters`);
    }
    if (pattern !== undefined && !this.#pattern(pattern).test(value)) {
      this.#unexpected(rule, value, matchingText(schema, pattern));
    }
  }

  #checkNumber(rule: Rule, schema: SchemaObject, value: number): void {
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema as Readonly<
      Record<string, number | undefined>
    >;
    const isWithin =
      (minimum === undefined || value >= minimum) &&
      (maximum === undefined || value <= maximum) &&
      (exclusiveMinimum === undefined || value > exclusiveMinimum) &&
      (exclusiveMaximum === undefined || value < exclusiveMaximum);
    if (!isWithin) this.#unexpected(rule, value);
  }

  #checkArray(rule: Rule, schema: SchemaObject, value: readonly unknown[]): void {
    const { minItems = 0, uniqueItems, items } = schema;
    if (value.length < (minItems as number)) {
      this.#unexpected(
        rule,
        value,
        `at least ${minItems} ${minItems === 1 ? 'element' : 'elements'}`,
      );
    }
    if (uniqueItems === true) this.#checkUnique(rule, value);
    if (items === undefined) return;
    const inner = ruleWithin(this.#definitions, rule, items as JsonSchema);
    for (let index = 0; index < value.length && !this.#sink.hasEnough; index++) {
      this.#checkMember(index, inner, value[index]);
    }
  }

  /** Strings and numbers alone: where elements have to differ, `items` lets nothing else pass. */
  #checkUnique(rule: Rule, value: readonly unknown[]): void {
    const seen = new Set<unknown>();
    for (const [index, element] of value.entries()) {
      if (seen.has(element)) {
        this.#path.push(index);
        this.#unexpected(rule, element, 'no element twice');
        this.#path.pop();
      }
      seen.add(element);
    }
  }

  #checkObject(rule: Rule, schema: SchemaObject, value: JsonObject): void {
    const properties = (schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
    for (const name of (schema.required ?? []) as string[]) {
      if (!Object.hasOwn(value, name) || value[name] === undefined) {
        this.#missing(rule, properties, name);
      }
    }
    const names = Object.keys(value);
    const { minProperties = 0, additionalProperties: rest, propertyNames } = schema;
    if (names.length < (minProperties as number)) {
      const noun = minProperties === 1 ? 'member' : 'members';
      this.#unexpected(rule, value, `at least ${minProperties} ${noun}`);
    }
    const others =
      rest === undefined ? undefined : ruleWithin(this.#definitions, rule, rest as JsonSchema);
    for (const name of names) {
      if (this.#sink.hasEnough) return;
      if (propertyNames !== undefined) this.#checkName(rule, propertyNames as JsonSchema, name);
      if (Object.hasOwn(properties, name)) {
        // JSON has no such value: for the validators too, it is as if the member were not there.
        if (value[name] === undefined) continue;
        const member = properties[name] as JsonSchema;
        this.#checkMember(name, ruleWithin(this.#definitions, rule, member), value[name]);
      } else if (others?.schema === false) this.#unknown(rule, properties, name);
      else if (others !== undefined) this.#checkMember(name, others, value[name]);
    }
  }

  #checkMember(step: string | number, rule: Rule, value: unknown): void {
    this.#path.push(step);
    this.check(rule, value);
    this.#path.pop();
  }

  #checkName(rule: Rule, schema: JsonSchema, name: string): void {
    const names = ruleWithin(this.#definitions, rule, schema);
    if (this.#holds(names, name)) return;
    this.#path.push(name);
    this.#add(rule, () => ({
      expected: `${allowedValues(this.#definitions, names)} as its name`,
      found: findingText(name),
      isAboutName: true,
    }));
    this.#path.pop();
  }

  #missing(rule: Rule, properties: Readonly<Record<string, JsonSchema>>, name: string): void {
    this.#path.push(name);
    const member = ruleWithin(this.#definitions, rule, properties[name] ?? true);
    const isMarker = typeof member.schema === 'object' && 'const' in member.schema;
    // A constant with a definition of its own says itself why it has to be there.
    this.#add(isMarker ? member : rule, () => {
      const expected = allowedValues(this.#definitions, member);
      return { problem: expected === anyValue ? 'missing' : `missing, expected ${expected}` };
    });
    this.#path.pop();
  }

  #unknown(rule: Rule, properties: Readonly<Record<string, JsonSchema>>, name: string): void {
    this.#path.push(name);
    this.#add(rule, () => {
      const nearest = nearestName(name, Object.keys(properties));
      const hint = nearest === undefined ? '' : `, did you mean "${nearest}"?`;
      return { problem: `unknown member${hint}`, isAboutName: true };
    });
    this.#path.pop();
  }

  #checkCombination(rule: Rule, schema: SchemaObject, value: unknown): void {
    if (schema.anyOf !== undefined) this.#checkAlternatives(rule, value);
    if (schema.allOf !== undefined) {
      for (const part of partsOf(this.#definitions, rule, 'allOf')) this.check(part, value);
    }
    if (schema.not !== undefined) {
      const excluded = ruleWithin(this.#definitions, rule, schema.not as JsonSchema);
      if (this.#holds(excluded, value)) {
        const what = allowedValues(this.#definitions, excluded).replace(/^one of /, '');
        this.#unexpected(rule, value, `none of ${what}${descriptionOf(excluded.schema)}`);
      }
    }
    if (schema.if !== undefined && schema.then !== undefined) {
      const condition = ruleWithin(this.#definitions, rule, schema.if as JsonSchema);
      const consequence = ruleWithin(this.#definitions, rule, schema.then as JsonSchema);
      if (this.#holds(condition, value)) this.check(consequence, value);
    }
  }

  /** A union is narrowed to the form that the value is nearest to, so that what is said is about it. */
  #checkAlternatives(rule: Rule, value: unknown): void {
    const alternatives = partsOf(this.#definitions, rule, 'anyOf');
    if (alternatives.some((alternative) => this.#holds(alternative, value))) return;
    const needed = neededMembers(alternatives);
    if (needed !== undefined) {
      this.#add(rule, { expected: `one of the members ${needed}`, found: 'none or several' });
      return;
    }
    const nearest = bestAlternative(this.#definitions, alternatives, value);
    if (nearest === undefined) this.#unexpected(rule, value);
    else this.check(nearest, value);
  }

  #holds(rule: Rule, value: unknown): boolean {
    const sink = new AnyFinding();
    new SchemaWalk(this.#definitions, sink, this.#patterns).check(rule, value);
    return !sink.hasEnough;
  }

  #pattern(source: string): RegExp {
    const known = this.#patterns.get(source);
    if (known !== undefined) return known;
    const pattern = new RegExp(source, 'u');
    this.#patterns.set(source, pattern);
    return pattern;
  }

  #unexpected(rule: Rule, value: unknown, expected?: string): void {
    this.#add(rule, () => ({
      expected: expected ?? allowedValues(this.#definitions, rule),
      found: findingText(value),
    }));
  }

  #add({ definition, requirement }: Rule, finding: Finding | (() => Finding)): void {
    this.#sink.add({ path: this.#path, definition, requirement }, finding);
  }
}

function isSame(constant: unknown, value: unknown): boolean {
  return (
    constant === value ||
    (typeof constant === 'object' && constant !== null && isDeepStrictEqual(constant, value))
  );
}
