import type {
  ReadResult,
  SignalResult,
  StartResult,
  TerminateResult,
  WriteResult,
} from '../../schemas/generated/process.ts';
import {
  validateReadParams,
  validateSignalParams,
  validateStartParams,
  validateTerminateParams,
  validateWriteParams,
} from '../../schemas/generated/process.validate.ts';
import type { Validator } from '../../schemas/validator.ts';
import { AnswerError } from '../client/answer-error.ts';
import type { MethodHandler, RequestContext } from '../worker/request-context.ts';
import { workerCodes } from '../worker/worker-codes.ts';
import type { CommandProcess } from './command-process.ts';
import type { CommandProcesses } from './command-processes.ts';

/** The methods of the process profile, as spec/process.md has them. */
export function processMethods(processes: CommandProcesses): Record<string, MethodHandler> {
  const found = ({ sessionId }: RequestContext, processId: string): CommandProcess => {
    const command = processes.find(sessionId, processId);
    if (command !== undefined) return command;
    const words = `there is no process ${processId} in this session`;
    throw new AnswerError(workerCodes.invalidRequest, words);
  };
  return {
    'process/start': checked(validateStartParams, async (params, { sessionId, notify }) => {
      await processes.start(sessionId, params, notify);
      return { processId: params.processId } satisfies StartResult;
    }),
    'process/read': checked(
      validateReadParams,
      (params, context): Promise<ReadResult> => found(context, params.processId).read(params),
    ),
    'process/write': checked(validateWriteParams, async (params, { sessionId }) => {
      const { processId, chunk, writeId } = params;
      const command = processes.find(sessionId, processId);
      const status = command?.write(Buffer.from(chunk, 'base64'), writeId) ?? 'unknownProcess';
      return { status: await status } satisfies WriteResult;
    }),
    'process/signal': checked(validateSignalParams, ({ processId, signal }, context) => {
      found(context, processId).signal(signal);
      return {} satisfies SignalResult;
    }),
    'process/terminate': checked(validateTerminateParams, ({ processId }, { sessionId }) => {
      const running = processes.find(sessionId, processId)?.terminate() ?? false;
      return { running } satisfies TerminateResult;
    }),
  };
}

/** A handler whose params fit the schema; others are answered with -32602. */
function checked<Params>(
  validate: Validator<Params>,
  handle: (params: Params, context: RequestContext) => unknown,
): MethodHandler {
  return (params: unknown, context: RequestContext) => {
    if (validate(params)) return handle(params, context);
    const [first] = validate.errors ?? [];
    const where = first?.instancePath ?? '';
    const words = `params${where}: ${first?.message ?? 'they do not fit'}`;
    throw new AnswerError(workerCodes.invalidParams, words);
  };
}
