/** Notifications that name one of the server's requests, in `params.requestId`. */
const namingMethods: ReadonlySet<string> = new Set([
  'serverRequest/resolved',
  'notifications/cancelled',
]);

export function isNamingRequest(method: string | undefined): boolean {
  return method !== undefined && namingMethods.has(method);
}

/**
 * The params with the id that the client knows the request by. `nameOf` gives it for the server's own,
 * as JSON; undefined where the params name no request.
 */
export function paramsRenamed(
  paramsJson: string | undefined,
  nameOf: (idJson: string) => string | undefined,
): string | undefined {
  if (paramsJson === undefined) return undefined;
  const params = JSON.parse(paramsJson) as { requestId?: unknown } | null;
  const idJson = JSON.stringify(params?.requestId);
  const id = idJson && nameOf(idJson);
  return id ? JSON.stringify({ ...params, requestId: JSON.parse(id) as string }) : undefined;
}
