import type { ConsoleState, Session } from '../../../contract/console.ts';
import { useT } from '../../strings/text.ts';

export function SignIn({ state, lockedFor }: { state: ConsoleState; lockedFor?: Session }) {
  const t = useT();
  return <h1>{t('signIn.title')} {state.stationName} {lockedFor?.name}</h1>;
}
