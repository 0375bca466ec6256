export { generateUsage, type UsagePlan } from './generate-usage';
export { profileNames, type ProfileName } from './subscriber-profiles';
export type { UsageSubscriber } from './usage-line';
