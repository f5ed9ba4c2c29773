import { ListenError, listenError } from '../../reference/bus/listener.ts';

/** Why a gRPC server cannot listen. The library tells the system's error in the middle of a text. */
export function listenFailure(address: string, error: Error): ListenError {
  const url = `grpc://${address}`;
  const code = /\b(E[A-Z]{3,}(?:_[A-Z]+)?)\b/.exec(error.message)?.[1];
  if (code !== undefined)
    return listenError(url, Object.assign(new Error(error.message), { code }));
  return new ListenError(`cannot listen on ${url}: ${error.message}`, { cause: error });
}
