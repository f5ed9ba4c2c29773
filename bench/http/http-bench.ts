import { thisMachine } from '../../machine.ts';
import type {
  HttpLoad,
  HttpReport,
  HttpResult,
  HttpSample,
} from '../../schemas/generated/http-report.ts';
import { suiteFromPackage } from '../../suite.ts';
import type { StartedProcess } from '../latency/subject/started-process.ts';
import { createProgress } from '../report/progress.ts';
import { createWorkshop } from '../subjects/workshop.ts';
import { askOnce, runHttpLoad } from './http-load.ts';
import { startAdapter, startBareEcho } from './http-servers.ts';
import { ratioOf, textOfLoad } from './http-table.ts';

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

/** Not measured: before it, each server gets so much of each load. */
const warmUpSeconds = 1;

/**
 * Asks the adapter and the bare echo in turns (A B A B …), so that what disturbs the machine disturbs
 * both. Rejects with a StartError where one does not start.
 */
export async function runHttpBench(options: HttpBenchOptions): Promise<HttpReport> {
  const { loads, rounds, seconds, token, bus, url } = options;
  const startedAt = new Date();
  const progress = createProgress(process.stderr);
  const folder = createWorkshop();
  const bare = await startBareEcho();
  const results: HttpResult[] = [];
  let own: StartedProcess | undefined;
  try {
    if (options.url === undefined) own = await startAdapter(folder, options.bus);
    const urls = { bare: bare.address, adapter: options.url ?? (own?.address as string) };
    await askOnce(urls.adapter, token);
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
      const ratio = ratioOf(samples);
      results.push({ load, ...samples, ...(ratio !== undefined && { ratio }) });
    }
  } finally {
    progress.clear();
    await Promise.all([bare.stop(), own?.stop()]);
  }
  return {
    version: 1,
    suite: suiteFromPackage(),
    machine: thisMachine(),
    startedAt: startedAt.toISOString(),
    durationMs: Date.now() - startedAt.getTime(),
    settings: { rounds, seconds, ...(bus && { bus }), ...(url && { url }) },
    results,
  };
}
