import { runWorker } from './answering-worker.ts';

/** Remembers what each of its users has said: a state that only this process has. */
const said = new Map<string, string[]>();

runWorker(() => ({
  say({ sessionId = '', params }) {
    const words = said.get(sessionId) ?? [];
    said.set(sessionId, words);
    words.push(String(params?.text));
    return { worker: process.pid, words: words.length };
  },
}));
