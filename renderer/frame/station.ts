import { createContext, useContext } from 'react';
import type { ConsoleState, LinkStatus, Session } from '../../contract/console.ts';
import { may, type Permission } from '../../contract/permissions.ts';
import { useLive } from '../live-query.ts';
import type { UseQueryResult } from '@tanstack/react-query';

/** The station, who is signed in, and who may sign in. */
export function useConsoleState(): UseQueryResult<ConsoleState> {
  return useLive(['station.state'], ['session', 'settings', 'org'], core => core.station.state({}));
}

/** The link to the province as the core sees it; undefined until first known. */
export function useLinkStatus(): LinkStatus | undefined {
  return useLive(['sync.status'], ['sync'], core => core.sync.status({})).data;
}

export const SessionContext = createContext<Session | null>(null);

/** Who is signed in. Only below the frame, which is shown to nobody else. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('used outside the frame of a signed-in person');
  return session;
}

/** Whether the person may do this; screens only hide what the core refuses anyway. */
export function useMay(permission: Permission): boolean {
  return may(useSession().roles, permission);
}
