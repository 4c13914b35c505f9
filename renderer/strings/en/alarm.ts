export const alarm = {
  label: 'Alarm', take: 'Acknowledge', open: 'Open the record', more: 'and {{count}} more alarms', unlock: 'Sign in or unlock to acknowledge.',
  theirs: 'Not yours to acknowledge: call the desk of line {{service}}.',
  what: { new: '{{severity}} · {{service}} · {{category}} · nobody has taken it up', handOff: '{{severity}} · offered to line {{service}} · {{category}}', join: '{{severity}} · line {{service}} is called to it · {{category}}' },
  waiting: 'No. {{no}} · {{area}} · waiting {{waited}}', waitingNoArea: 'No. {{no}} · waiting {{waited}}',
  level: { line: 'The desks of the line', centre: 'Every desk of the centre has been called', province: 'The province’s centre has been called as well' },
  silent: 'This machine has not been able to sound the alarm.', silentMore: 'Press here to turn the sound on, then check the loudspeaker.', turnOn: 'Turn the sound on',
  test: 'Test the alarm', tested: 'Alarm tested at {{at}}', notHeard: 'The alarm could not be heard (tested at {{at}})', testTitle: 'Alarm test at the start of the shift',
  testMore: 'Listen to each sound. If you hear nothing, check the loudspeaker and its volume and tell the administrator: alarms still show on the screen.',
  sound: { life: 'A life at stake (P1)', emergency: 'Emergency', handOff: 'Offered by another line', issue: 'Urgent report' },
  play: 'Listen', heard: 'I hear it', unheard: 'I hear nothing', close: 'Close',
};
