import { it } from 'vitest';
import { readSeenTime } from '../../../db/stores/auth.ts';
import { Desk, until } from '../../support/desk.ts';
import { startProvince, temporaryFolder } from '../../support/processes.ts';

const MONTHS_MS = 100 * 86_400_000;

it('a look at the province is enough to set right what a wrong clock has left here, before anybody signs in', async () => {
  const folder = temporaryFolder('province-time');
  const province = await startProvince({ data: folder.path, codes: '1' });
  const code = province.ready.codes[0]?.code ?? '';
  const desk = await Desk.enrolled({ address: province.ready.address, code, quiet: true });
  try {
    await desk.writer.call('auth.keepTime', { atMs: Date.now() + MONTHS_MS });
    await desk.restart();
    await until(() => (readSeenTime(desk.reader) ?? Infinity) < Date.now() + 60_000, 'the province’s word about the time');
  } finally {
    await desk.close();
    await province.stop();
    folder.remove();
  }
}, 120_000);
