/**
 * The cross-tenant reads by the name that each begins with, `/* sweep: name *\/`. They run as role mainstay_sweep and do
 * nothing but find out for which tenant or row there is work, which then goes on inside the tenant.
 */
export const sweepStatements: readonly string[] = [
  "tenants with undelivered events",
  "events waiting and dead",
  "clocks that became due",
  "resolved tickets to close",
];
