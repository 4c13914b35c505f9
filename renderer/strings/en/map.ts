import type { Same } from '../same.ts';
import type { map as vi } from '../vi/map.ts';

/** The map of the intake form and of a record. */
export const map: Same<typeof vi> = {
  title: 'Map', label: 'Map of the place', key: 'To the map', show: 'Show the map', hide: 'Hide the map',
  help: 'Arrows: move the crosshair, with Shift further · + −: zoom · 1–6: choose a record · Home: back to where it was',
  helpPut: 'Enter: put the point',
  put: 'Put the point at the crosshair', before: 'Take back “{{text}}”', edit: 'Correct the position',
  zoomIn: 'Closer', zoomOut: 'Further away', home: 'Back to where it was', west: 'West', north: 'North', south: 'South', east: 'East',
  here: { call: 'This call', report: 'This report', record: 'This record' },
  radius: 'radius {{length}}',
  said: {
    counts: 'The map is {{width}} wide: {{records}} records of 24 hours, {{units}} units, {{areas}} communes.', point: 'The point is at {{position}}.', noPoint: 'No point yet.',
    cross: 'Crosshair {{position}}', fromPoint: '{{distance}} from the point', put: 'The point is at {{position}} now.', chosen: 'Record {{letter}}, {{no}}: {{description}}', noLetter: 'There is no record {{letter}}.',
  },
  near: {
    title: 'Near here, last 24 hours', newest: 'Newest on the map, last 24 hours', none: 'No record with a position on the map.', more: 'There are more: go closer to see them.',
    since: 'Only since {{time}}: too many records.', loading: 'Looking for records near here…', choose: 'Record {{letter}}, show it on the map', open: 'Open',
    now: 'just now', minutes: '{{n}} min ago', hours: '{{n}} h ago',
  },
  ground: {
    none: 'A plain grid. There is no map on this machine yet: an administrator puts a .pmtiles file into the folder map of the data folder.', noDrawing: 'A plain grid: this machine cannot draw the map (no WebGL).',
  },
  position: { label: 'Position (latitude; longitude)', wrong: 'Not understood: write two numbers, latitude first, such as 11.5312, 106.8823.', noPosition: 'No position yet; the map opens at the centre of the commune.', noPlace: 'Neither position nor commune yet.' },
};
