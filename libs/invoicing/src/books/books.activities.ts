import { Injectable } from '@nestjs/common';
import type { BooksActivities as Short, BooksBulkActivities as Bulk } from '@tollkeeper/contracts';
import { BooksService } from './books.service';
import { RecognitionService } from './recognition.service';

@Injectable()
export class BooksActivities implements Short, Bulk {
  constructor(
    private readonly books: BooksService,
    private readonly recognition: RecognitionService,
  ) {}

  async nextClose({ tenantId, at }: Parameters<Short['nextClose']>[0]) {
    return this.books.nextClose(tenantId, at);
  }

  async closeDays(input: Parameters<Bulk['closeDays']>[0]) {
    return this.recognition.closeDays(input);
  }
}
