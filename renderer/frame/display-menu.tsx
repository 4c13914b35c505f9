import { Popover } from '@mantine/core';
import type { ReactElement } from 'react';
import { useT } from '../strings/text.ts';
import { Button } from '../ui/button.tsx';
import { Choices } from '../ui/choices.tsx';
import { steppedScale } from './scale.ts';
import { changeSettings, useSettings } from './settings.ts';
import { signOut } from './sign-out.ts';

/** Ground, language, text size, lists for screen readers, and signing out. */
export function DisplayMenu({ children, signedIn = true }: { children: ReactElement; signedIn?: boolean }) {
  const t = useT();
  const settings = useSettings();
  return (
    <Popover position="right-end" withinPortal shadow="md" trapFocus returnFocus>
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown className="display-menu">
        <div><span className="muted">{t('frame.theme')}</span>
          <Choices label={t('frame.theme')} value={settings.theme} onChange={theme => void changeSettings({ theme })}
            options={[{ value: 'auto', label: t('frame.themeAuto') }, { value: 'light', label: t('frame.themeLight') }, { value: 'dark', label: t('frame.themeDark') }]} />
        </div>
        <div><span className="muted">{t('frame.language')}</span>
          <Choices label={t('frame.language')} value={settings.language} onChange={language => void changeSettings({ language })}
            options={[{ value: 'vi', label: 'Tiếng Việt' }, { value: 'en', label: 'English' }]} />
        </div>
        <div><span className="muted">{t('frame.scale')}: {Math.round(settings.scale * 100)} %</span>
          <div className="choices">
            <Button hint="Ctrl -" onClick={() => void changeSettings({ scale: steppedScale(settings.scale, -1) })} label={t('frame.scaleDown')}>A−</Button>
            <Button hint="Ctrl 0" onClick={() => void changeSettings({ scale: 1 })} label={t('frame.scaleReset')}>100 %</Button>
            <Button hint="Ctrl =" onClick={() => void changeSettings({ scale: steppedScale(settings.scale, 1) })} label={t('frame.scaleUp')}>A+</Button>
          </div>
        </div>
        <div><span className="muted">{t('frame.reader')}</span>
          <Choices label={t('frame.reader')} value={settings.screenReader === true ? 'on' : 'off'} onChange={value => void changeSettings({ screenReader: value === 'on' })}
            options={[{ value: 'off', label: t('frame.readerOff') }, { value: 'on', label: t('frame.readerOn') }]} />
          <span className="muted">{t('frame.readerMore')}</span>
        </div>
        {signedIn && <Button wide onClick={() => void signOut()}>{t('frame.signOut')}</Button>}
      </Popover.Dropdown>
    </Popover>
  );
}
