import { setRemoved, writeDefaultView, writeSavedView } from '../stores/saved-views.ts';
import type { Commands } from './command.ts';

export const VIEW_COMMANDS: Commands<'view.save' | 'view.remove' | 'view.restore' | 'view.setDefault'> = {
  'view.save': (work, { view }) => {
    writeSavedView(work, view);
    return null;
  },
  'view.remove': (work, { id, personId, atMs }) => {
    setRemoved(work, id, personId, atMs);
    return null;
  },
  'view.restore': (work, { id, personId }) => {
    setRemoved(work, id, personId, null);
    return null;
  },
  'view.setDefault': (work, { id, personId }) => {
    writeDefaultView(work, personId, id);
    return null;
  },
};
