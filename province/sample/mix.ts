import type { Channel, IssueClass, Outcome, Severity } from '../../contract/issue.ts';
import type { Service } from '../../contract/org.ts';
import type { z } from 'zod';

/** How often what occurs in the sample. Weights are invented; only their order of size is meant to be believable. */
type Table<T> = readonly (readonly [T, number])[];

export const SERVICE_MIX: Table<Service> = [['1022', 46], ['field', 30], ['113', 9], ['115', 7], ['114', 5], ['112', 3]];

export const CATEGORY_MIX: Readonly<Record<Service, Table<string>>> = {
  113: [['fight', 34], ['theft', 30], ['traffic_accident', 20], ['noise', 8], ['missing_person', 5], ['unknown', 3]],
  114: [['fire_house', 34], ['fire_forest', 25], ['rescue', 24], ['fire_vehicle', 15], ['unknown', 2]],
  115: [['traffic_accident', 34], ['unconscious', 24], ['breathing', 15], ['stroke', 15], ['birth', 10], ['unknown', 2]],
  112: [['disaster', 50], ['rescue', 34], ['missing_person', 14], ['unknown', 2]],
  1022: [['procedure', 22], ['road', 17], ['waste', 16], ['lighting', 14], ['water', 13], ['noise', 6], ['tree', 4], ['order', 4], ['animal', 2], ['unknown', 2]],
  field: [['road', 25], ['waste', 24], ['lighting', 15], ['order', 12], ['water', 10], ['tree', 8], ['animal', 5], ['unknown', 1]],
};

export const SEVERITY_MIX: Readonly<Record<IssueClass, Table<Severity>>> = {
  incident: [['P1', 25], ['P2', 40], ['P3', 25], ['P4', 10]],
  issue: [['P1', 2], ['P2', 13], ['P3', 55], ['P4', 30]],
};

export const CHANNEL_MIX: Readonly<Record<Service, Table<z.infer<typeof Channel>>>> = {
  113: [['phone', 1]], 114: [['phone', 1]], 115: [['phone', 1]], 112: [['phone', 9], ['app', 1]],
  1022: [['phone', 60], ['app', 30], ['public_service', 10]], field: [['field_report', 70], ['camera', 30]],
};

export const OUTCOME_MIX: Readonly<Record<IssueClass, Table<z.infer<typeof Outcome>>>> = {
  incident: [['fixed', 80], ['no_action_needed', 12], ['partly_fixed', 5], ['handed_to_112', 2], ['handed_to_other_province', 1]],
  issue: [['fixed', 68], ['explained', 18], ['partly_fixed', 8], ['no_action_needed', 6]],
};

/** Reports for each hour of the Vietnamese day, as weights. */
export const HOUR_MIX: readonly number[] = [2, 1, 1, 1, 2, 3, 6, 9, 11, 11, 10, 8, 6, 8, 10, 10, 10, 11, 10, 9, 8, 6, 4, 3];

/** Which kinds of unit act on a category, in order of preference; a commune's committee takes the rest. */
export const KINDS_FOR: Readonly<Record<string, readonly string[]>> = {
  lighting: ['dien_luc', 'do_thi'], road: ['do_thi', 'ubnd_xa'], waste: ['moi_truong', 'ubnd_xa'], water: ['cap_nuoc'],
  noise: ['cong_an', 'ubnd_xa'], tree: ['moi_truong', 'do_thi'], procedure: ['hanh_chinh', 'ubnd_xa'], order: ['do_thi', 'ubnd_xa'],
  animal: ['ubnd_xa'], unknown: ['ubnd_xa'],
};
export const KINDS_FOR_LINE: Readonly<Record<Service, readonly string[]>> = {
  113: ['cong_an'], 114: ['pccc'], 115: ['cap_cuu', 'benh_vien'], 112: ['quan_su', 'pccc'], 1022: [], field: [],
};
