import { shell, type BrowserWindow } from 'electron';
import type { FromCore } from '../platform/core-messages.ts';

/** Calls attention to the window while an alarm rings, whatever the system thinks of notifications; where no window plays the sound, the system's own does. */
export function callAttention(window: BrowserWindow | null, { ringing, unheard }: Extract<FromCore, { type: 'alarm' }>): void {
  if (unheard) shell.beep();
  if (window === null || window.isDestroyed()) return;
  window.flashFrame(ringing);
  // Shown without taking the keyboard from what somebody types elsewhere.
  if (ringing && (window.isMinimized() || !window.isVisible())) window.showInactive();
}
