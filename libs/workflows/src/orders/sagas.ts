import type { OrderKind } from '@tollkeeper/contracts';
import { activation } from './activation';
import { addOnChange, planChange } from './change-plan';
import { portOut, termination, transfer } from './leave';
import type { Saga } from './saga';
import { resumption, suspension } from './suspend-and-resume';
import { numberChange, portIn, simSwap } from './swap-identifiers';

export const sagas: Record<OrderKind, Saga> = {
  activation,
  planChange,
  addOnChange,
  suspension,
  resumption,
  simSwap,
  numberChange,
  portIn,
  portOut,
  termination,
  transfer,
};
