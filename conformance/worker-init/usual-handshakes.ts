import type { Handshake } from '../../schemas/generated/worker-subject.ts';

const clientInfo = { name: 'stdio-bus-kit', version: '1' };

/** What the dialect codex begins with, once per process. */
export const codexHandshake: Handshake = {
  per: 'process',
  frames: [{ id: 0, method: 'initialize', params: { clientInfo } }, { method: 'initialized' }],
};

/** What a server of the Model Context Protocol is told first; behind a wrapper, in each session. */
export const mcpHandshake: Handshake = {
  per: 'session',
  frames: [
    {
      id: 0,
      method: 'initialize',
      params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo },
    },
    { method: 'notifications/initialized' },
  ],
};
