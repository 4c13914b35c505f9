import { createInstance } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { en } from './en.ts';
import { vi } from './vi.ts';

/** Every path to a text, such as `queue.title` or `domain.state.received`. */
type Paths<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}` }[keyof T & string];
export type TextKey = Paths<typeof vi>;

export type Language = 'vi' | 'en';

export const texts = createInstance();

/** A word of a newer version has no text here: it is shown as it is. */
function lastPart(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1);
}

/** Loads the texts; call once before the first screen. */
export async function startTexts(language: Language): Promise<void> {
  await texts.use(initReactI18next).init({
    lng: language, fallbackLng: 'vi', resources: { vi: { translation: vi }, en: { translation: en } },
    interpolation: { escapeValue: false }, returnNull: false, parseMissingKeyHandler: lastPart,
  });
}

/** The text of a key in the language of the window; `{{name}}` in it is replaced by `facts.name`. */
export function t(key: TextKey, facts: Readonly<Record<string, unknown>> = {}): string {
  return texts.t(key, facts);
}

/** The Vietnamese text of a key, for what goes to the people of the province in whatever language the window is. */
export function inVietnamese(key: TextKey): string {
  return texts.t(key, { lng: 'vi' });
}

/** `t`, in a component that shows itself again when the language changes. */
export function useT(): typeof t {
  useTranslation(undefined, { i18n: texts });
  return t;
}

/** The language of the window, for values that are remembered per language. */
export function useLanguage(): Language {
  const { i18n } = useTranslation(undefined, { i18n: texts });
  return i18n.language === 'en' ? 'en' : 'vi';
}
