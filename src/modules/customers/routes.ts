import type { App } from "../../platform/http.ts";
import { customerRoutes } from "./customer-routes.ts";
import { peopleRoutes } from "./people-routes.ts";
import { siteRoutes } from "./site-routes.ts";

/** Customers, their sites and their people. */
export function customersRoutes(app: App): void {
  customerRoutes(app);
  siteRoutes(app);
  peopleRoutes(app);
}
