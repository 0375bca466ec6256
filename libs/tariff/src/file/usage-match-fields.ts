import { type z } from 'zod';
import { fields, flagField, listOf, networkField, oneOf, textField, zoneField } from './plain-fields';
import { bandField, usageTypeField } from './rate-entry-fields';

const mostValues = 500;
const some = <Item extends z.ZodType>(item: Item) =>
  listOf(item).min(1, 'must name at least one: leave it out when anything fits').max(mostValues).optional();

const attribute = (sample: string, shape: RegExp, what: string) => some(textField(sample).regex(shape, what));

/** What usage a price rule or an allowance is for: all that is named must fit; of a list, one. */
export const usageMatchFields = fields({
  usageTypes: some(usageTypeField),
  zones: some(zoneField).describe('Destination zones; for data where it is used'),
  servingZones: some(zoneField),
  bands: some(bandField),
  networks: some(networkField),
  apns: attribute('internet', /^[A-Za-z0-9.-]{1,100}$/, 'must be an APN or DNN: letters, digits, . -'),
  slices: attribute(
    '1-00A1B2',
    /^\d{1,3}(-[0-9A-Fa-f]{6})?$/,
    'must be an S-NSSAI such as "1" or "1-00A1B2" (sst, or sst-sd)',
  ),
  qos: attribute('9', /^\d{1,3}$/, 'must be a QCI or 5QI, such as "9"'),
  ratingGroups: attribute('100', /^\d{1,10}$/, 'must be a rating group: digits'),
  directions: some(oneOf(['outgoing', 'incoming', 'forwarded'])),
  onNet: flagField.optional(),
  services: attribute('ringtones', /^[\x21-\x7e]{1,64}$/, 'must be the name of a service, without spaces'),
});
