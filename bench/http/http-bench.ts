import type { StartedProcess } from '../latency/subject/started-process.ts';
import { createProgress } from '../report/progress.ts';
import { createWorkshop } from '../subjects/workshop.ts';
import { type HttpLoad, type HttpSample, runHttpLoad } from './http-load.ts';
import { startAdapter, startBareEcho } from './http-servers.ts';

export interface HttpBenchOptions {
  readonly loads: readonly HttpLoad[];
  readonly rounds: number;
  readonly seconds: number;
  /** A server that runs already, instead of the kit's own adapter. */
  readonly url: string | undefined;
  readonly token: string | undefined;
  /** The bus behind the adapter; undefined: one within it. */
  readonly bus: string | undefined;
}

/** A load, and what each server made of it, round by round. */
export interface HttpResult {
  readonly load: HttpLoad;
  readonly bare: readonly HttpSample[];
  readonly adapter: readonly HttpSample[];
}

/** Not measured: before it, each server gets so much of each load. */
const warmUpSeconds = 1;

/**
 * Asks the adapter and the bare echo in turns (A B A B …), so that what disturbs the machine disturbs
 * both. Rejects with a StartError where one does not start.
 */
export async function runHttpBench(options: HttpBenchOptions): Promise<HttpResult[]> {
  const { loads, rounds, seconds, token } = options;
  const progress = createProgress(process.stderr);
  const folder = createWorkshop();
  const bare = await startBareEcho();
  const results: HttpResult[] = [];
  let own: StartedProcess | undefined;
  try {
    if (options.url === undefined) own = await startAdapter(folder, options.bus);
    const urls = { bare: bare.address, adapter: options.url ?? (own?.address as string) };
    for (const load of loads) {
      const samples: Record<keyof typeof urls, HttpSample[]> = { bare: [], adapter: [] };
      for (const name of ['bare', 'adapter'] as const) {
        await runHttpLoad(urls[name], load, { seconds: warmUpSeconds, token });
      }
      for (let round = 1; round <= rounds; round += 1) {
        for (const name of ['bare', 'adapter'] as const) {
          progress.say(`${textOfLoad(load)}, round ${round} of ${rounds}: ${name}`);
          samples[name].push(await runHttpLoad(urls[name], load, { seconds, token }));
        }
      }
      results.push({ load, ...samples });
    }
  } finally {
    progress.clear();
    await Promise.all([bare.stop(), own?.stop()]);
  }
  return results;
}

export function textOfLoad({ connections, pipelining }: HttpLoad): string {
  const plural = connections === 1 ? '' : 's';
  return `${connections} connection${plural}${pipelining === 1 ? '' : ` × ${pipelining} pipelined`}`;
}
