// as libs/contracts/src/debt.contract.ts
// breaks @nx/enforce-module-boundaries
// breaks house/sandbox-imports

import { Client } from '@temporalio/client'; // wrong
import { heartbeat } from '@temporalio/activity'; // wrong
import { defineSignal } from '@temporalio/workflow';

export const all = [Client, heartbeat, defineSignal('paid')];
