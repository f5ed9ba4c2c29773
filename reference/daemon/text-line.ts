import { styleText } from 'node:util';
import type { LogFacts } from '../bus/log.ts';

export type LineLevel = 'info' | 'warn' | 'error';

const colours = { info: 'green', warn: 'yellow', error: 'red' } as const;

export interface LineOptions {
  readonly level: LineLevel;
  readonly message: string;
  readonly facts: LogFacts;
  readonly at: Date;
  readonly isColoured: boolean;
}

/**
 * An event as a line for people, LF included: `TIME LEVEL MESSAGE name=value …`. What a worker said
 * on stderr is `TIME INFO POOL/SLOT: WHAT IT SAID`.
 */
export function textLine({ level, message, facts, at, isColoured }: LineOptions): string {
  const name = level.toUpperCase().padEnd(5);
  const coloured = isColoured ? styleText(colours[level], name, { validateStream: false }) : name;
  return `${at.toISOString()} ${coloured} ${sentence(message, facts)}\n`;
}

function sentence(message: string, facts: LogFacts): string {
  const { stderr, ...others } = facts;
  if (typeof stderr === 'string') {
    const { worker, ...rest } = others;
    return `${worker}: ${printable(stderr)}${details(rest, '')}`;
  }
  return `${printable(message)}${details(others, message)}`;
}

/** Facts that the message has already told are left out. */
function details(facts: LogFacts, message: string): string {
  return Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .filter(([, value]) => !(typeof value === 'string' && message.includes(value)))
    .map(([name, value]) => ` ${name}=${typeof value === 'string' ? quoted(value) : value}`)
    .join('');
}

function quoted(value: string): string {
  return /^[\w./:-]+$/.test(value) ? value : JSON.stringify(printable(value));
}

/** A peer's text cannot make a line of its own, or move a terminal's cursor. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, (control) =>
    control === '\t' ? control : `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
