import { IconActivity, IconBook2, IconFileImport, IconList, IconScale } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import type { Permission } from '../contract/permissions.ts';
import type { Route } from './route-path.ts';
import { DirectoryScreen } from './screens/directory/directory-screen.tsx';
import { AttentionCount } from './screens/health/attention-count.tsx';
import { HealthScreen } from './screens/health/health-screen.tsx';
import { ImportsScreen } from './screens/imports/imports-screen.tsx';
import { IntakeScreen } from './screens/intake/intake-screen.tsx';
import { PolicyScreen } from './screens/policy/policy-screen.tsx';
import { IssuePage } from './screens/queue/issue-page.tsx';
import { QueueScreen } from './screens/queue/queue-screen.tsx';
import { StickScreen } from './screens/stick/stick-screen.tsx';
import type { TextKey } from './strings/text.ts';

/** An entry of the rail. Entries at the `end` stand at the bottom. */
export interface RailEntry { route: Route; icon: ComponentType<{ 'aria-hidden'?: boolean }>; label: TextKey; needs: Permission; end?: boolean; count?: ComponentType }

export const RAIL: readonly RailEntry[] = [
  { route: { screen: 'queue' }, icon: IconList, label: 'frame.queue', needs: 'queue.read' },
  { route: { screen: 'imports' }, icon: IconFileImport, label: 'frame.imports', needs: 'import.run' },
  { route: { screen: 'directory' }, icon: IconBook2, label: 'frame.directory', needs: 'directory.read' },
  { route: { screen: 'policy' }, icon: IconScale, label: 'frame.policy', needs: 'queue.read', end: true },
  { route: { screen: 'health' }, icon: IconActivity, label: 'frame.health', needs: 'sync.read', end: true, count: AttentionCount },
];

/** The screen of a route. */
export function screenOf(route: Route): ReactNode {
  switch (route.screen) {
    case 'queue': return <QueueScreen />;
    case 'issue': return <IssuePage key={route.id} id={route.id} />;
    case 'intake': return <IntakeScreen key={`${route.service}/${route.draftId ?? ''}`} service={route.service} draftId={route.draftId} />;
    case 'imports': return <ImportsScreen />;
    case 'directory': return <DirectoryScreen />;
    case 'policy': return <PolicyScreen />;
    case 'stick': return <StickScreen />;
    case 'health': return <HealthScreen showsAttention={route.attention === true} />;
  }
}
