import { rateTimes, type Micro } from '@tollkeeper/money';

/** `1.5` for specs. */
export const decimalMicro = (amount: string): Micro => rateTimes(amount, 1, 1, 'halfUp');
