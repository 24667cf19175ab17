import { useSession } from "../app/session.ts";
import { PortalTickets } from "../helpdesk/portal-tickets.tsx";
import { ServiceFigures } from "./service-figures.tsx";
import { ServiceReport } from "./service-report.tsx";

/** A customer's start: what is open, and, for those who sign, how good the service was. */
export function PortalPage() {
  const { permissions } = useSession();
  if (!permissions.includes("report.read")) return <PortalTickets />;
  return (
    <>
      <PortalTickets figures={<ServiceFigures />} />
      <ServiceReport />
    </>
  );
}
