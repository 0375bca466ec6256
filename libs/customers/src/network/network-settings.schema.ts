import { defineCollection, rowSchema } from '@tollkeeper/platform';
import { type BarProfiles, usualProfiles } from '../domain/bar-profiles';

interface NetworkSettingsRow {
  /** The tenant's id. */
  _id: string;
  /** Hours after which a missing acknowledgement is a case. */
  acknowledgeWithinHours: number;
  /** Local time of the daily comparison with the network's list; null: only when asked for. */
  reconcileDailyAt: string | null;
  profiles: BarProfiles;
}

export type NetworkSettings = Omit<NetworkSettingsRow, '_id'>;

/** Until the operator says otherwise. No daily reconciliation: it wakes the tenant's clock every day. */
export const usualSettings: NetworkSettings = {
  acknowledgeWithinHours: 4,
  reconcileDailyAt: null,
  profiles: usualProfiles,
};

export const NetworkSettingRows = defineCollection<NetworkSettingsRow>(
  'networkSettings',
  rowSchema({
    _id: { type: String, required: true },
    acknowledgeWithinHours: { type: Number, required: true },
    reconcileDailyAt: String,
    profiles: { type: Object, required: true },
  }),
  [],
);
