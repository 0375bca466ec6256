// as libs/contracts/src/debt.contract.ts
// breaks @nx/enforce-module-boundaries
// breaks house/sandbox-imports

import { Injectable } from '@nestjs/common'; // wrong
import { Schema } from 'mongoose'; // wrong

export const both = [Injectable, Schema];
