import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { AppError, AppErrorData } from '../../contract/errors.ts';
import { provinceContract } from '../../contract/province.ts';
import { linkError, type CallContext, type Transport } from './transport.ts';

/** The province's procedures, typed by the contract; answers are checked against it before anybody sees them. */
export type ProvinceClient = ContractRouterClient<typeof provinceContract, CallContext>;

export function createProvinceClient(address: string, transport: Transport): ProvinceClient {
  const link = new OpenAPILink<CallContext>(provinceContract, {
    url: address as `http://${string}`,
    fetch: transport.fetch,
    headers: ({ context }) => context.token === undefined ? {} : { authorization: `Bearer ${context.token}` },
    plugins: [new ResponseValidationPlugin(provinceContract)],
  });
  return createORPCClient(link);
}

/**
 * Runs one call and turns every failure into an `AppError`: the province's own refusals keep their code, anything
 * that the contract does not allow is a foreign answer.
 */
export async function called<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw provinceError(error);
  }
}

export function provinceError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof ORPCError) {
    // The server's own trouble is one thing to us, whatever it calls it.
    if (error.status >= 500 || error.status === 429) return new AppError('link/server-error', { status: error.status }, { cause: error });
    const data = AppErrorData.safeParse(error.data);
    if (error.code === 'APP' && data.success) return new AppError(data.data.code, data.data.facts, { cause: error });
    if (error.status === 401) return new AppError('device/token-expired', {}, { cause: error });
    if (error.status === 400) return new AppError('input/invalid', {}, { cause: error });
    return new AppError('link/foreign-answer', { status: error.status }, { cause: error });
  }
  if (isValidation(error)) return new AppError('link/foreign-answer', { reason: 'shape' }, { cause: error });
  return linkError(error);
}

function isValidation(error: unknown): boolean {
  return error instanceof Error && ('issues' in error || error.message.startsWith('Cannot parse response'));
}
