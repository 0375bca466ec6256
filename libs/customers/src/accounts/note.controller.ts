import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, Idempotent, type Principal } from '@tollkeeper/platform';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { AccountParams } from '../customers-requests';
import { AddNote, NoteParams, NotesQuery, PinNote } from './account-terms-requests';
import type { NoteRow } from './note.schema';
import { NoteService } from './note.service';

const view = z.object({
  id: z.string(),
  text: z.string(),
  pinned: z.boolean(),
  by: z.string(),
  at: z.string(),
});
class NoteView extends createZodDto(view) {}
class NotePageView extends createZodDto(z.object({ data: z.array(view), hasMore: z.boolean() })) {}

const noteView = ({ _id, text, pinned, by, at }: NoteRow) => ({
  id: _id.toHexString(),
  text,
  pinned,
  by,
  at,
});

@ApiTags('customers')
@Controller('v1/customers/accounts/:accountId/notes')
export class NoteController {
  constructor(private readonly notes: NoteService) {}

  @Get()
  @Allow({ roles: ['care', 'billing', 'finance', 'auditor'], scope: 'customers:read' })
  @ApiOperation({
    summary: 'What care agents noted about an account',
    description: 'Pinned notes first, then newest first; page on with the last `id`. Not for subscribers.',
  })
  @ApiOkResponse({ type: NotePageView })
  async list(
    @CurrentPrincipal() { tenantId }: Principal,
    @Param() { accountId }: AccountParams,
    @Query() query: NotesQuery,
  ) {
    const { data, hasMore } = await this.notes.page(tenantId, accountId, query);
    return { data: data.map(noteView), hasMore };
  }

  @Post()
  @Allow({ roles: ['care', 'billing', 'finance'], scope: 'customers:write' })
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Write a note about an account',
    description: 'Notes are not changed afterwards, only pinned or unpinned; the timeline names them.',
  })
  @ApiCreatedResponse({ type: NoteView })
  async add(
    @CurrentPrincipal() principal: Principal,
    @Param() { accountId }: AccountParams,
    @Body() body: AddNote,
  ) {
    return noteView(await this.notes.add(principal, accountId, body));
  }

  @Post(':noteId/pin')
  @HttpCode(200)
  @Allow({ roles: ['care', 'billing', 'finance'], scope: 'customers:write' })
  @ApiOperation({ summary: 'Pin a note, or take the pin away' })
  @ApiOkResponse({ type: NoteView })
  async pin(
    @CurrentPrincipal() principal: Principal,
    @Param() { accountId, noteId }: NoteParams,
    @Body() { pinned }: PinNote,
  ) {
    return noteView(await this.notes.pin(principal, accountId, noteId, pinned));
  }
}
