import { writeSettings, writeStation } from '../stores/station.ts';
import type { Commands } from './command.ts';

export const STATION_COMMANDS: Commands<'station.save' | 'settings.save'> = {
  'station.save': (work, station) => {
    writeStation(work, station);
    return null;
  },
  'settings.save': (work, settings) => {
    writeSettings(work, settings);
    return null;
  },
};
