import type { ContractProcedure, InferSchemaInput, InferSchemaOutput } from '@orpc/contract';
import type { consoleContract } from '../../contract/console.ts';
import type { Call, SignedInCall } from '../platform/call.ts';

type Contract = Omit<typeof consoleContract, 'changes'>;

/**
 * Procedures that answer before anyone has signed in; their handlers must do with `session: null`. A test holds this
 * list equal to the contract's `allow: 'anyone'`, which is what is enforced.
 */
export const ANYONE = [
  'station.state', 'station.enrol', 'station.enrolAgain', 'station.settings', 'station.saveSettings',
  'auth.signIn', 'auth.signOut', 'auth.lock', 'auth.unlock', 'issues.wallboard', 'alarms.state', 'alarms.heard', 'sync.status', 'sync.tryNow',
] as const;

type CallOf<Path extends string> = Path extends (typeof ANYONE)[number] ? Call : SignedInCall;

type Handler<Procedure, Path extends string> = Procedure extends ContractProcedure<infer Input, infer Output, infer _Errors, infer _Meta>
  ? (input: InferSchemaOutput<Input>, call: CallOf<Path>) => Promise<InferSchemaInput<Output>> | InferSchemaInput<Output>
  : never;

/** The plain functions behind the contract, part by part; `changes` is the wire's own. */
export type Handlers = { [Part in keyof Contract]: { [Name in keyof Contract[Part]]: Handler<Contract[Part][Name], `${Part & string}.${Name & string}`> } };
