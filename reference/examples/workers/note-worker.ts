import { AnswerError, createWorker } from '../../index.ts';

/** A worker in a few lines: it keeps notes for each session, and asks before it throws one away. */
const notes = new Map<string | undefined, string[]>();

createWorker({
  methods: {
    async add({ text }: { text: unknown }, { sessionId, notify }) {
      if (typeof text !== 'string') throw new AnswerError(-32_602, 'text is a string');
      const own = notes.get(sessionId) ?? [];
      notes.set(sessionId, own);
      await notify('notes/changed', { notes: own.push(text) });
      return { notes: own.length };
    },
    async clear(_params, { sessionId, request }) {
      const { decision } = await request<{ decision: string }>('approval/request', {
        question: `throw ${notes.get(sessionId)?.length ?? 0} notes away?`,
      });
      if (decision === 'accept') notes.delete(sessionId);
      return { notes: notes.get(sessionId)?.length ?? 0 };
    },
  },
});
