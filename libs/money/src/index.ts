export { currencies, isCurrency, minorDigits } from './currency';
export { money, add, subtract, negate, sum, isZero, compare, type Money } from './money';
export { decimalOf, formatMoney } from './format-money';
export { micro, addMicro, sumMicro, microToMinor, minorToMicro, type Micro } from './micro';
export { roundingModes, divideRounded, fractionOf, type RoundingMode, type Fraction } from './rounding';
export { parseRate, isRate, rateTimes, percentageOf, type Rate } from './rate';
export { allocate } from './allocate';
