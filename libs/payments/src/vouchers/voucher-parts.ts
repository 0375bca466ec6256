import { VoucherController } from './voucher.controller';
import { VoucherRepository } from './voucher.repository';
import { VoucherBatches, VoucherGuesses, Vouchers } from './voucher.schema';
import { VoucherService } from './voucher.service';

/** What the module is made of here. */
export const voucherCollections = [VoucherBatches, Vouchers, VoucherGuesses];
export const voucherControllers = [VoucherController];
export const voucherProviders = [VoucherRepository, VoucherService];
