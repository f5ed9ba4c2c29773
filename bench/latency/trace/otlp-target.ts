import { appendFileSync, writeFileSync } from 'node:fs';
import { UsageError } from '../../../command.ts';
import { reasonOf } from '../client/dial.ts';

/** Where `--otlp` sends spans: a file gets a line for each batch, a collector the same by HTTP. */
export interface OtlpTarget {
  take(json: string): void;
  /** Resolves when all has been taken, with what went wrong first, where anything did. */
  finish(): Promise<string | undefined>;
}

/** From the text of `--otlp FILE|URL`. Throws UsageError where the file cannot be written. */
export function otlpTargetFrom(text: string): OtlpTarget {
  return /^https?:\/\//.test(text) ? collector(text) : file(text);
}

function file(path: string): OtlpTarget {
  let problem: string | undefined;
  try {
    writeFileSync(path, '');
  } catch (error) {
    throw new UsageError(`--otlp ${path} cannot be written: ${reasonOf(error)}`);
  }
  return {
    take(json) {
      try {
        appendFileSync(path, `${json}\n`);
      } catch (error) {
        problem ??= `cannot write ${path}: ${reasonOf(error)}`;
      }
    },
    finish: () => Promise.resolve(problem),
  };
}

function collector(text: string): OtlpTarget {
  if (!URL.canParse(text)) throw new UsageError(`--otlp: "${text}" is no URL`);
  const url = new URL(text);
  if (url.pathname === '/') url.pathname = '/v1/traces';
  let problem: string | undefined;
  let sent: Promise<void> = Promise.resolve();
  const send = async (json: string) => {
    try {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(url, { method: 'POST', headers, body: json });
      await response.arrayBuffer();
      if (!response.ok) problem ??= `${url} refused the spans: HTTP ${response.status}`;
    } catch (error) {
      problem ??= `${url} cannot be reached: ${reasonOf((error as Error).cause ?? error)}`;
    }
  };
  return {
    take(json) {
      sent = sent.then(() => send(json));
    },
    async finish() {
      await sent;
      return problem;
    },
  };
}
