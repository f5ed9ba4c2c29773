import { readFileSync } from 'node:fs';
import type { BusConfig, Pool } from '../../schemas/generated/bus-config.ts';
import { validateBusConfig } from '../../schemas/generated/bus-config.validate.ts';

/** What was given cannot be measured; the message says why, `code` how the command ends. */
export class SizeProblem extends Error {
  override name = 'SizeProblem';
  readonly code: number;

  constructor(message: string, code: number) {
    super(message);
    this.code = code;
  }
}

const noInput = 66;

interface SizedPool {
  readonly pool: Pool;
  /** The member that names the session. */
  readonly sessionField: string;
}

/** The pool of a configuration file: the one of this id, else the first. Throws SizeProblem. */
export function poolFrom(file: string, id: string | undefined): SizedPool {
  const { pools, routing } = configFrom(file);
  const pool = id === undefined ? pools[0] : pools.find((one) => one.id === id);
  const sessionField = routing?.session_id_field ?? 'sessionId';
  if (pool !== undefined) return { pool, sessionField };
  const ids = pools.map((one) => one.id).join(', ');
  throw new SizeProblem(`${file} has no pool "${id}"; it has ${ids}`, noInput);
}

function configFrom(file: string): BusConfig {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new SizeProblem(`cannot read ${file}: ${(error as Error).message}`, noInput);
  }
  if (validateBusConfig(value)) return value;
  const hint = `stdio-bus-kit validate --schema bus-config ${file} says what is wrong`;
  throw new SizeProblem(`${file} is no configuration of a bus; ${hint}`, noInput);
}
