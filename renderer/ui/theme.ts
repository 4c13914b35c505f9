import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const accent: MantineColorsTuple = ['#e3eefa', '#dcebfb', '#b9d7f5', '#93c3f3', '#74b4f2', '#4d98de', '#2a7bc6', '#0a5aa8', '#094c8e', '#073d72'];

/** Mantine in our tokens: 1rem = 10 px, one accent, Be Vietnam Pro. */
export const theme = createTheme({
  scale: 1.6,
  fontFamily: "'Be Vietnam Pro', 'Segoe UI', sans-serif",
  primaryColor: 'accent', primaryShade: { light: 7, dark: 4 }, colors: { accent },
  defaultRadius: 6, cursorType: 'pointer', respectReducedMotion: true,
  fontSizes: { xs: '1.1rem', sm: '1.25rem', md: '1.3rem', lg: '1.6rem', xl: '1.9rem' },
  headings: { fontFamily: "'Be Vietnam Pro', 'Segoe UI', sans-serif", fontWeight: '600' },
});

const bound = {
  '--mantine-color-body': 'var(--bg)', '--mantine-color-text': 'var(--text)', '--mantine-color-dimmed': 'var(--muted)',
  '--mantine-color-placeholder': 'var(--faint)', '--mantine-color-error': 'var(--danger)', '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--sunken)', '--mantine-color-default-color': 'var(--text)', '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-anchor': 'var(--accent)', '--mantine-primary-color-filled': 'var(--accent)', '--mantine-primary-color-contrast': 'var(--accent-ink)',
};

/** Binds Mantine's own colours to our tokens, which know light and dark. */
export const resolveVariables: CSSVariablesResolver = () => ({ variables: {}, light: bound, dark: bound });

/** The nonce that the server put into the page, for every style element made while running. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}
