import type { Same } from '../same.ts';
import type { reach as vi } from '../vi/reach.ts';

export const reach: Same<typeof vi> = {
  focal: 'Focal point', deputy: 'Deputy', head: 'Head of unit',
  because: { 'off-duty': 'Outside hours', 'no-number': 'The focal point has no number', none: 'No focal point' },
  call: { deputy: 'call the deputy', head: 'call the head of unit', unit: 'call the unit', gap: 'nobody stands in' },
  toHead: 'goes to the head of unit',
  fallsToHead: 'This unit has no focal point: the record goes to its head, {{name}}.',
  headTakes: 'A head with an account accepts on the system; call at once: {{phone}}.',
  onlyShiftLead: 'This unit has no focal point, and no head is named either: only the shift lead can forward to it.',
};
