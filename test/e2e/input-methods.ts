import type { CDPSession, Page } from 'playwright-core';

/**
 * How Vietnamese input methods deliver text to a page, as key by key as they do it:
 * - `unikey`: UniKey and EVKey on Windows – the plain letter as a real key, then Backspaces and the new letters as injected Unicode (VK_PACKET)
 * - `openkey`: the same behind an empty sign (U+202F) that takes away a suggestion of the browser, and one Backspace more for it
 * - `select`: the old letters selected with Shift+Left and written over
 * - `commit`: ibus and fcitx without a preedit – Backspace, then text without a key
 * - `layout`: the Vietnamese layout of Windows – letters with their own sign, the tone as a combining mark behind
 * - `composition`: a preedit line (Telex of Windows, ibus-bamboo) – composition events, keys with code 229
 */
export const METHODS = ['unikey', 'openkey', 'select', 'commit', 'layout', 'composition'] as const;
export type Method = (typeof METHODS)[number];

const VK_PACKET = 231, VK_PROCESS = 229, CONTROL = 2;
const EMPTY_SIGN = '\u202F';
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;
const isPlain = (letter: string): boolean => /^[\x20-\x7E]$/.test(letter);

/** The word as it stands after each key of Telex, the tone last: d, đ, đu, đuo, đươ, đươn, đương, đường. */
export function telexStates(word: string): string[] {
  const states: string[] = [];
  const letters = [...word].map(letter => letter.normalize('NFD').replace(TONES, '').normalize('NFC'));
  let done = '';
  for (const [at, letter] of letters.entries()) {
    const base = letter.replace('đ', 'd').replace('Đ', 'D').normalize('NFD')[0] ?? '';
    states.push(done + base);
    // The horns of "ươ" come with one key, behind both letters.
    if (/^ư$/iu.test(letter) && /^ơ$/iu.test(letters[at + 1] ?? '')) { done += base; continue; }
    done = letters.slice(0, at + 1).join('');
    if (base !== letter) states.push(done);
  }
  return done === word ? states : [...states, word];
}

/** Types words as the input method does; the letters of a word that need no help come as real keys. */
export async function typeBy(page: Page, method: Method, text: string): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  try {
    for (const piece of text.normalize('NFC').match(/\p{L}+|\P{L}/gu) ?? []) {
      if (!/\p{L}/u.test(piece)) await page.keyboard.press(piece === '\n' ? 'Enter' : piece);
      else if (method === 'layout') for (const sign of withMarksBehind(piece)) await sendSign(page, cdp, sign);
      else if (method === 'composition') await compose(cdp, piece);
      else await replaceAsTyped(page, cdp, method, piece);
    }
  } finally {
    await cdp.detach();
  }
}

/** Each sign typed, taken away and injected again, as an input method does that changes its mind at every key. */
export async function typeTwice(page: Page, signs: string): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  for (const sign of signs) {
    await page.keyboard.press(sign);
    await page.keyboard.press('Backspace');
    await inject(cdp, sign);
  }
  await cdp.detach();
}

/** Composes a text, with Enter pressed meanwhile and at the decision, in every way in which an input method may let a page see it. */
export async function composeWithEnter(page: Page, preedit: string, decided: string): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await pressHidden(cdp);
  await cdp.send('Input.imeSetComposition', { text: preedit, selectionStart: preedit.length, selectionEnd: preedit.length });
  await pressHiddenEnter(cdp);
  for (const keys of ['Control+Enter', 'Control+s']) await page.keyboard.press(keys);
  await cdp.send('Input.insertText', { text: decided });
  await pressHiddenEnter(cdp);
  await cdp.detach();
}

/** Enter and Ctrl+Enter as an input method hides them from the page: with their name and code 229 (macOS, ibus), and without a name (Windows). */
async function pressHiddenEnter(cdp: CDPSession): Promise<void> {
  for (const [key, modifiers] of [['Enter', 0], ['Enter', CONTROL], ['Process', 0]] as const) {
    const press = { key, code: 'Enter', windowsVirtualKeyCode: VK_PROCESS, modifiers };
    await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...press });
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...press });
  }
}

async function pressHidden(cdp: CDPSession): Promise<void> {
  await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', code: '', windowsVirtualKeyCode: VK_PROCESS });
}

async function compose(cdp: CDPSession, word: string): Promise<void> {
  for (const state of telexStates(word)) {
    await pressHidden(cdp);
    await cdp.send('Input.imeSetComposition', { text: state, selectionStart: state.length, selectionEnd: state.length });
  }
  await cdp.send('Input.insertText', { text: word });
}

async function replaceAsTyped(page: Page, cdp: CDPSession, method: Exclude<Method, 'layout' | 'composition'>, word: string): Promise<void> {
  let shown = '';
  for (const state of telexStates(word)) {
    const same = commonLength(shown, state);
    const old = shown.length - same;
    if (old > 0 && method === 'openkey') await sendSign(page, cdp, EMPTY_SIGN);
    for (let i = 0; i < old + (old > 0 && method === 'openkey' ? 1 : 0); i += 1) await page.keyboard.press(method === 'select' ? 'Shift+ArrowLeft' : 'Backspace');
    const rest = state.slice(same);
    if (method === 'commit' && old > 0) await cdp.send('Input.insertText', { text: rest });
    else for (const sign of rest) await sendSign(page, cdp, sign);
    shown = state;
  }
}

/** A letter of the keyboard as its key, another sign as an injected key. */
async function sendSign(page: Page, cdp: CDPSession, sign: string): Promise<void> {
  if (isPlain(sign)) await page.keyboard.press(sign);
  else await inject(cdp, sign);
}

/** A sign that comes without a key: it has no place on the keyboard. */
async function inject(cdp: CDPSession, sign: string): Promise<void> {
  const press = { key: sign, code: '', windowsVirtualKeyCode: VK_PACKET };
  await cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', ...press, text: sign });
  await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...press });
}

/** "ậ" as "â" and the dot below, which is how the layout writes it; nothing in it is in NFC. */
function withMarksBehind(word: string): string[] {
  return [...word].flatMap(letter => {
    const parts = letter.normalize('NFD');
    return [parts.replace(TONES, '').normalize('NFC'), ...(parts.match(TONES) ?? [])];
  });
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}
