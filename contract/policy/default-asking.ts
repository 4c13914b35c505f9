import type { Asking } from './pack.ts';

/**
 * Whom surveys leave out, and until when they are waited for, as proposed. Words are looked for as whole words, accents included: of violence in everything
 * that is written, of children only where persons are named, since many a report speaks of a school and asks for nothing but a lamp.
 */
export const DEFAULT_ASKING: Asking = {
  windowDays: 14,
  notCategories: ['fight', 'missing_person'],
  notWords: ['bạo lực', 'bạo hành', 'xâm hại', 'hiếp dâm', 'dâm ô', 'mua bán người'],
  notPersons: ['nạn nhân', 'bị hại', 'trẻ em', 'trẻ vị thành niên', 'vị thành niên', 'cháu bé', 'em bé', 'bé trai', 'bé gái', 'học sinh'],
  page: '', hotline: '1022',
  source: null,
};
