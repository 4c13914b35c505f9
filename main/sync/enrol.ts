import type { z } from 'zod';
import type { EnrolInput, EnrolOutput } from '../../contract/province.ts';
import { called, createProvinceClient } from './client.ts';
import { createTransport } from './transport.ts';

/**
 * Enrols this workstation at a province by a one-time code, over a connection of its own and without a token.
 *
 * @throws {AppError} `enrol/…` as the province judges the code, `link/…` when it could not be asked
 */
export async function enrolAt(address: string, input: z.input<typeof EnrolInput>): Promise<EnrolOutput> {
  const transport = createTransport({ address });
  try {
    return await called(createProvinceClient(address, transport).enrol(input, { context: {} }));
  } finally {
    transport.close();
  }
}
