import { runWorker } from './answering-worker.ts';

/** An agent that would run a command, and asks its user before. Its first question has the id 0. */
runWorker((ask) => ({
  async prompt({ sessionId = '', params }) {
    const command = `git push ${params?.branch}`;
    const approval = await ask('approval/request', sessionId, { command });
    const { decision } = approval as { decision: string };
    return { worker: process.pid, command, done: decision === 'accept' };
  },
}));
