import type { Service } from '../../../contract/org.ts';
import type { IntakeForm, TextField } from './intake-form.ts';

/** What every question of the form is given. */
export interface QuestionProps {
  form: IntakeForm;
  service: Service;
  change: (part: Partial<IntakeForm>) => void;
  refused: (field: TextField, length: number) => void;
  /** The sentence about a field, once the operator has tried to send the form. */
  wrong: (field: keyof IntakeForm) => string | undefined;
}
