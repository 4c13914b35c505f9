/** Where the operator is; kept in the address after `#`, so that back, reload and links work. */
export type Route =
  | { screen: 'queue' }
  | { screen: 'issue'; id: string }
  | { screen: 'intake'; service: string; draftId: string | null }
  | { screen: 'handover' | 'requests'; id: string | null }
  | { screen: 'roster'; service: string | null; month: string | null; view?: 'board' | 'published' }
  | { screen: 'imports' } | { screen: 'directory' } | { screen: 'policy'; edit?: true } | { screen: 'survey' } | { screen: 'access' } | { screen: 'stick' } | { screen: 'health'; attention?: true };

/** The route of an address part such as `#/issue/<id>`; an unknown one is the queue. */
export function parseRoute(hash: string): Route {
  const [screen, first, second, third] = hash.replace(/^#?\/?/, '').split('/').map(decodeURIComponent);
  switch (screen) {
    case 'issue': return first === undefined || first === '' ? { screen: 'queue' } : { screen, id: first };
    case 'intake': return first === undefined || first === '' ? { screen: 'queue' } : { screen, service: first, draftId: second ?? null };
    case 'handover': case 'requests': return { screen, id: first ?? null };
    case 'roster': {
      if (first === 'board') return { screen, service: null, month: null, view: 'board' };
      const month = second !== undefined && /^20\d\d-(0[1-9]|1[0-2])$/.test(second) ? second : null;
      return { screen, service: first ?? null, month, ...month !== null && third === 'published' && { view: third } };
    }
    case 'imports': case 'directory': case 'survey': case 'access': case 'stick': return { screen };
    case 'policy': return first === 'edit' ? { screen, edit: true } : { screen };
    case 'health': return first === 'attention' ? { screen, attention: true } : { screen };
    default: return { screen: 'queue' };
  }
}

/** The address part of a route; `parseRoute` gives the route back. */
export function formatRoute(route: Route): string {
  switch (route.screen) {
    case 'issue': return `#/issue/${encodeURIComponent(route.id)}`;
    case 'intake': return `#/intake/${encodeURIComponent(route.service)}${route.draftId === null ? '' : `/${encodeURIComponent(route.draftId)}`}`;
    case 'handover': case 'requests': return route.id === null ? `#/${route.screen}` : `#/${route.screen}/${encodeURIComponent(route.id)}`;
    case 'roster': {
      if (route.view === 'board') return '#/roster/board';
      const month = route.service === null || route.month === null ? '' : `/${route.month}${route.view === 'published' ? '/published' : ''}`;
      return `#/roster${route.service === null ? '' : `/${encodeURIComponent(route.service)}`}${month}`;
    }
    case 'health': return route.attention === true ? '#/health/attention' : '#/health';
    case 'policy': return route.edit === true ? '#/policy/edit' : '#/policy';
    default: return `#/${route.screen}`;
  }
}
