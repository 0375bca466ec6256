// as libs/invoicing/src/domain/count-invoices.ts
// breaks house/domain-imports

import { createHash } from 'node:crypto'; // wrong
import { Injectable } from '@nestjs/common'; // wrong
import type { Connection } from 'mongoose'; // wrong
import { heartbeat } from '@temporalio/activity'; // wrong
import { newId } from '@tollkeeper/platform'; // wrong
import { money } from '@tollkeeper/money';

export const all = [createHash, Injectable, heartbeat, newId, money];
export type Place = Connection;
