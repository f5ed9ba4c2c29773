import { isAbsolute, resolve } from 'node:path';
import type { BusSubject, Transport } from '../../schemas/generated/bus-subject.ts';

/** What a command's placeholders stand for. */
export interface Places {
  readonly config: string;
  readonly host: string;
  readonly port: number;
  readonly socket: string;
}

const allTransports: readonly Transport[] = ['tcp', 'unix', 'stdio'];

/** The transports that a subject has. */
export function transportsOf(subject: BusSubject): Transport[] {
  const named = Object.keys(subject.transports ?? {}) as Transport[];
  const own = subject.command === undefined ? named : (subject.only ?? templateTransports(subject));
  return allTransports.filter((transport) => own.includes(transport) || named.includes(transport));
}

/** A command with placeholders has the transports that they name; one without has all. */
function templateTransports({ command = [] }: BusSubject): readonly Transport[] {
  if (!hasPlaceholder(command)) return allTransports;
  const text = command.join(' ');
  if (text.includes('{port}')) return ['tcp'];
  return text.includes('{socket}') ? ['unix'] : ['stdio'];
}

/** The argv for a transport: the manifest's own, else its command with the standard flags. */
export function argvFor(subject: BusSubject, transport: Transport, places: Places): string[] {
  const own = subject.transports?.[transport]?.command;
  const command = own ?? subject.command ?? [];
  if (own !== undefined || hasPlaceholder(command))
    return command.map((part) => filled(part, places));
  return [...command, '--config', places.config, ...flagsFor(transport, places)];
}

/** The argv with arguments of the scenario's own after the program; undefined without a program. */
export function argvWith(subject: BusSubject, args: readonly string[]): string[] | undefined {
  const { command } = subject;
  if (command === undefined || hasPlaceholder(command)) return undefined;
  return [...command, ...args];
}

/** The standard flags of a transport. Serves CFG-5. */
export function flagsFor(transport: Transport, { host, port, socket }: Places): string[] {
  if (transport === 'tcp') return ['--tcp', `${host}:${port}`];
  return transport === 'unix' ? ['--unix', socket] : ['--stdio'];
}

/** A program that is named by a relative path is found from where the suite was started. */
export function absoluteProgram([program = '', ...args]: readonly string[]): string[] {
  const isPath = program.includes('/') && !isAbsolute(program);
  return [isPath ? resolve(program) : program, ...args];
}

function hasPlaceholder(command: readonly string[]): boolean {
  return command.some((part) => /\{(config|host|port|socket)\}/.test(part));
}

function filled(part: string, places: Places): string {
  return part.replace(/\{(config|host|port|socket)\}/g, (_, name: keyof Places) =>
    String(places[name]),
  );
}
