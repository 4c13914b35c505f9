import { IconActivity, IconArrowsExchange, IconBook2, IconCalendarWeek, IconEye, IconFileImport, IconList, IconScale, IconUserQuestion } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import type { Permission } from '../contract/permissions.ts';
import type { Route } from './route-path.ts';
import { AccessCount } from './screens/access/access-count.tsx';
import { AccessScreen } from './screens/access/access-screen.tsx';
import { DirectoryScreen } from './screens/directory/directory-screen.tsx';
import { HandoverCount } from './screens/handover/handover-count.tsx';
import { HandoverScreen } from './screens/handover/handover-screen.tsx';
import { AttentionCount } from './screens/health/attention-count.tsx';
import { HealthScreen } from './screens/health/health-screen.tsx';
import { ImportsScreen } from './screens/imports/imports-screen.tsx';
import { IntakeScreen } from './screens/intake/intake-screen.tsx';
import { PolicyEditScreen } from './screens/policy/edit/edit-screen.tsx';
import { PolicyScreen } from './screens/policy/policy-screen.tsx';
import { IssuePage } from './screens/queue/issue-page.tsx';
import { QueueScreen } from './screens/queue/queue-screen.tsx';
import { RequestsCount } from './screens/requests/requests-count.tsx';
import { RequestsScreen } from './screens/requests/requests-screen.tsx';
import { SurveyScreen } from './screens/queue/survey/survey-screen.tsx';
import { RosterCount } from './screens/roster/roster-count.tsx';
import { RosterScreen } from './screens/roster/roster-screen.tsx';
import { StickScreen } from './screens/stick/stick-screen.tsx';
import type { TextKey } from './strings/text.ts';

/** An entry of the rail. Entries at the `end` stand at the bottom. */
export interface RailEntry { route: Route; icon: ComponentType<{ 'aria-hidden'?: boolean }>; label: TextKey; needs: Permission; end?: boolean; count?: ComponentType }

export const RAIL: readonly RailEntry[] = [
  { route: { screen: 'queue' }, icon: IconList, label: 'frame.queue', needs: 'queue.read' },
  { route: { screen: 'handover', id: null }, icon: IconArrowsExchange, label: 'frame.handover', needs: 'handover.read', count: HandoverCount },
  { route: { screen: 'roster', service: null, month: null }, icon: IconCalendarWeek, label: 'frame.roster', needs: 'roster.read', count: RosterCount },
  { route: { screen: 'imports' }, icon: IconFileImport, label: 'frame.imports', needs: 'import.run' },
  { route: { screen: 'directory' }, icon: IconBook2, label: 'frame.directory', needs: 'directory.read' },
  { route: { screen: 'requests', id: null }, icon: IconUserQuestion, label: 'frame.requests', needs: 'request.read', count: RequestsCount },
  { route: { screen: 'access' }, icon: IconEye, label: 'frame.access', needs: 'audit.read', end: true, count: AccessCount },
  { route: { screen: 'policy' }, icon: IconScale, label: 'frame.policy', needs: 'queue.read', end: true },
  { route: { screen: 'health' }, icon: IconActivity, label: 'frame.health', needs: 'sync.read', end: true, count: AttentionCount },
];

/** The screen of a route. */
export function screenOf(route: Route): ReactNode {
  switch (route.screen) {
    case 'queue': return <QueueScreen />;
    case 'issue': return <IssuePage key={route.id} id={route.id} />;
    case 'intake': return <IntakeScreen key={`${route.service}/${route.draftId ?? ''}`} service={route.service} draftId={route.draftId} />;
    case 'handover': return <HandoverScreen id={route.id} />;
    case 'requests': return <RequestsScreen id={route.id} />;
    case 'roster': return <RosterScreen service={route.service} month={route.month} view={route.view ?? null} />;
    case 'imports': return <ImportsScreen />;
    case 'directory': return <DirectoryScreen />;
    case 'access': return <AccessScreen />;
    case 'policy': return route.edit === true ? <PolicyEditScreen /> : <PolicyScreen />;
    case 'survey': return <SurveyScreen />;
    case 'stick': return <StickScreen />;
    case 'health': return <HealthScreen showsAttention={route.attention === true} />;
  }
}
