import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentPrincipal, Idempotent, type Principal } from '@tollkeeper/platform';
import { OrderSteering } from './order-steering.service';
import { OrderService } from './order.service';
import { OrderParams, OrdersQuery, PlaceOrder, SteerOrder } from './orders-requests';
import { OrderPageView, OrderView, orderView } from './orders-views';

const mayPlace = { roles: ['care' as const, 'billing' as const], scope: 'customers:write' as const };
const maySee = {
  roles: ['care' as const, 'billing' as const, 'finance' as const, 'auditor' as const],
  scope: 'customers:read' as const,
};

@ApiTags('customers')
@Controller('v1/customers/orders')
export class OrderController {
  constructor(
    private readonly orders: OrderService,
    private readonly steering: OrderSteering,
  ) {}

  @Post()
  @HttpCode(202)
  @Allow(mayPlace)
  @UseInterceptors(Idempotent)
  @ApiOperation({
    summary: 'Order a change in the life of a subscription, now or at a later instant',
    description:
      "Kinds: `activation` (reserve number and SIM, provision, first charge of a plan paid in advance, activate, welcome), `planChange`, `addOnChange`, `suspension` and `resumption` on request (the plan is charged on: number, SIM and capacity stay the customer's), `simSwap`, `numberChange` (the old number ages), `portIn` (at the agreed instant), `portOut` (at once, whatever is owed), `termination` (final bill by the next run, credit left is paid out after it; `because: withdrawal` of a consumer in time: recurring charges in proportion to the days served, no early-termination fee, what was billed for the beginning given back, Directive 2011/83/EU Art. 9 to 16; a device on instalments goes back or is paid on by its own doors), `transfer` to another account. Answers 202 with the order; a process carries it out. 409 `orderOpen` while another order of the subscription is under way, `notLive`, `planScheduled`, `otherPayment`; 422 names the field.",
  })
  @ApiAcceptedResponse({ type: OrderView })
  async place(@CurrentPrincipal() principal: Principal, @Body() { order }: PlaceOrder) {
    return orderView(await this.orders.place(principal, order));
  }

  @Get()
  @Allow(maySee)
  @ApiOperation({
    summary: 'List orders, newest first',
    description: 'By account, subscription, kind or state. Page on with the last `orderId`.',
  })
  @ApiOkResponse({ type: OrderPageView })
  async list(
    @CurrentPrincipal() { tenantId }: Principal,
    @Query() { limit, startingAfter, ...filter }: OrdersQuery,
  ) {
    const { data, hasMore } = await this.orders.page(tenantId, filter, { limit, startingAfter });
    return { data: data.map(orderView), hasMore };
  }

  @Get(':orderId')
  @Allow(maySee)
  @ApiOperation({
    summary: 'Show an order: each step, what it waits for, what was refused and what may be done about it',
  })
  @ApiOkResponse({ type: OrderView })
  async show(@CurrentPrincipal() { tenantId }: Principal, @Param() { orderId }: OrderParams) {
    return orderView(await this.orders.get(tenantId, orderId));
  }

  @Post(':orderId/retry')
  @HttpCode(202)
  @Allow(mayPlace)
  @ApiOperation({
    summary: 'Take the step again that was refused',
    description: '409 `notHeld` when none was, `orderEnded`, `beingUndone`.',
  })
  @ApiAcceptedResponse({ type: OrderView })
  async retry(
    @CurrentPrincipal() principal: Principal,
    @Param() { orderId }: OrderParams,
    @Body() { reason }: SteerOrder,
  ) {
    return orderView(await this.steering.steer(principal, orderId, 'retry', reason));
  }

  @Post(':orderId/undo')
  @HttpCode(202)
  @Allow(mayPlace)
  @ApiOperation({
    summary: 'Undo an order that was refused or waits: its steps are taken back, the last one first',
    description:
      'Ends as `failed`. 409 `pastReturn` when a step is done that cannot be undone, `paymentOpen` while the outcome of the first charge is unknown, `notHeld`, `orderEnded`, `beingUndone`.',
  })
  @ApiAcceptedResponse({ type: OrderView })
  async undo(
    @CurrentPrincipal() principal: Principal,
    @Param() { orderId }: OrderParams,
    @Body() { reason }: SteerOrder,
  ) {
    return orderView(await this.steering.steer(principal, orderId, 'undo', reason));
  }

  @Post(':orderId/cancel')
  @HttpCode(202)
  @Allow(mayPlace)
  @ApiOperation({
    summary: 'Call off an order before it takes effect',
    description: 'Ends as `cancelled`. 409 `inEffect` when it has, `orderEnded`, `beingUndone`.',
  })
  @ApiAcceptedResponse({ type: OrderView })
  async cancel(
    @CurrentPrincipal() principal: Principal,
    @Param() { orderId }: OrderParams,
    @Body() { reason }: SteerOrder,
  ) {
    return orderView(await this.steering.steer(principal, orderId, 'cancel', reason));
  }
}
