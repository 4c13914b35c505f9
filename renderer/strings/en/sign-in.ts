import type { Same } from '../same.ts';
import type { signIn as vi } from '../vi/sign-in.ts';

export const signIn: Same<typeof vi> = {
  title: 'Sign in',
};
