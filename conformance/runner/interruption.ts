import { LiveScenes } from './live-scenes.ts';

/** Ctrl-C: nothing more is started, what runs is ended, and everything is cleaned up. */
export class Interruption {
  readonly live = new LiveScenes();
  readonly #controller = new AbortController();

  constructor() {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(name, () => {
        this.#controller.abort();
        void this.live.destroy();
      });
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }
}

/** Cleans up, and says that there is no verdict; the exit code. */
export async function interrupted({ live }: Interruption): Promise<number> {
  await live.destroy();
  process.stderr.write('interrupted: no verdict\n');
  return 130;
}
