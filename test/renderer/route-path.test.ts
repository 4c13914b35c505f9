import { describe, expect, test } from 'vitest';
import { formatRoute, parseRoute, type Route } from '../../renderer/route-path.ts';

describe('the address of a screen', () => {
  const routes: Route[] = [
    { screen: 'queue' }, { screen: 'imports' }, { screen: 'directory' }, { screen: 'policy' }, { screen: 'policy', edit: true }, { screen: 'stick' }, { screen: 'health' }, { screen: 'issue', id: '0199-a/b' },
    { screen: 'intake', service: '115', draftId: null }, { screen: 'intake', service: 'field', draftId: 'd 1' },
  ];
  test.each(routes)('gives the same route back: $screen', route => {
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  test('that nobody knows leads to the queue', () => {
    for (const hash of ['', '#', '#/', '#/nowhere', '#/issue', '#/issue/', '#/intake/']) expect(parseRoute(hash)).toEqual({ screen: 'queue' });
  });
});
