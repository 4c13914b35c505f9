import { Popover } from '@mantine/core';
import { IconBell, IconBellOff, IconBellQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import { ALARM_SOUNDS, type AlarmState } from '../../contract/alarms.ts';
import { formatTime } from '../../contract/time.ts';
import { client } from '../client.ts';
import { queries } from '../live-query.ts';
import { useMay } from '../frame/station.ts';
import { useT } from '../strings/text.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { useAlarms } from './alarm-strip.tsx';
import { speaker } from './sound.ts';

/** Whether the alarm has been heard since this person signed in, and the place where it is tried out (tự kiểm tra chuông đầu ca). */
export function SoundTest() {
  const t = useT();
  const state = useAlarms();
  const [isOpen, setOpen] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (!useMay('issue.acknowledge') || state === undefined) return null;
  const { face, Icon } = faceOf(state.soundTest);
  const words = state.soundTest === null ? t('alarm.test') : t(`alarm.${face}`, { at: formatTime(state.soundTest.atMs) });
  const done = async (heard: boolean): Promise<void> => {
    try {
      queries.setQueryData(['alarms.state'], await client.alarms.noteTest({ heard }));
      setOpen(false);
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width="40rem" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={`bell-test ${face}`} title={words} aria-label={words} aria-expanded={isOpen} onClick={() => { setError(null); setOpen(!isOpen); }}><Icon aria-hidden />{face === 'test' && <span>{words}</span>}</button>
      </Popover.Target>
      <Popover.Dropdown className="sound-test">
        <h2>{t('alarm.testTitle')}</h2>
        <p className="muted">{t('alarm.testMore')}</p>
        {ALARM_SOUNDS.map(sound => <div key={sound} className="line"><span>{t(`alarm.sound.${sound}`)}</span><Button onClick={() => { void speaker.play(sound); }}>{t('alarm.play')}</Button></div>)}
        <div className="answer"><Button kind="outline" onClick={() => { void done(false); }}>{t('alarm.unheard')}</Button><Button kind="primary" onClick={() => { void done(true); }}>{t('alarm.heard')}</Button></div>
        {error !== null && <ErrorNotice error={error} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function faceOf(test: AlarmState['soundTest']) {
  if (test === null) return { face: 'test', Icon: IconBellQuestion } as const;
  return test.heard ? { face: 'tested', Icon: IconBell } as const : { face: 'notHeard', Icon: IconBellOff } as const;
}
