import { Type } from "typebox";
import type { Actor } from "../../platform/actor.ts";
import type { Tx } from "../../platform/db.ts";
import { Id, isId } from "../../platform/fields.ts";
import type { App } from "../../platform/http.ts";
import { Refusal } from "../../platform/refusal.ts";
import { expectedVersion, withVersion } from "../../platform/versions.ts";
import {
  Device,
  DeviceChange,
  DeviceCode,
  DeviceFilter,
  DevicePage,
  DeviceTypes,
  LabelOrder,
  NewDevice,
} from "./api.ts";
import { changeDevice } from "./change-device.ts";
import { chooseLabels } from "./choose-labels.ts";
import { findDeviceByCode } from "./codes.sql.ts";
import { createDevice } from "./create-device.ts";
import { showDeviceCode } from "./device-code.ts";
import { findDevice, listDevices, listTypes } from "./devices.sql.ts";
import { getDevice } from "./get-device.ts";
import { printApart } from "./print-apart.ts";
import { renewCode } from "./renew-code.ts";

const params = Type.Object({ id: Id });

async function isVisible(tx: Tx, actor: Actor, { id }: Record<string, string>): Promise<boolean> {
  return isId(id) && (await findDevice(tx, actor, id)) !== undefined;
}

/** Addresses of devices, their labels and codes. */
export function deviceRoutes(app: App): void {
  app.get(
    "/api/v1/devices",
    {
      config: { permission: "device.read" },
      schema: { summary: "Devices, by name", querystring: DeviceFilter, response: { 200: DevicePage } },
    },
    (request) => request.asTenant((tx) => listDevices(tx, request.actor, request.query)),
  );

  app.post(
    "/api/v1/devices",
    {
      config: { permission: "device.write" },
      schema: {
        summary: "Register a device; it gets a code for its label",
        body: NewDevice,
        response: { 201: Device },
      },
    },
    (request, reply) => {
      reply.code(201);
      return request.asTenant(async (tx) => withVersion(reply, await createDevice(tx, request.actor, request.body)));
    },
  );

  app.get(
    "/api/v1/devices/:id",
    {
      config: { permission: "device.read", subject: isVisible },
      schema: { summary: "One device", params, response: { 200: Device } },
    },
    (request, reply) =>
      request.asTenant(async (tx) => withVersion(reply, await getDevice(tx, request.actor, request.params.id))),
  );

  app.patch(
    "/api/v1/devices/:id",
    {
      config: { permission: "device.write", subject: isVisible },
      schema: { summary: "Change, move or retire a device", params, body: DeviceChange, response: { 200: Device } },
    },
    (request, reply) =>
      request.asTenant(async (tx) => {
        const { actor, params, body } = request;
        return withVersion(reply, await changeDevice(tx, actor, params.id, body, expectedVersion(request)));
      }),
  );

  app.post(
    "/api/v1/devices/:id/renew-code",
    {
      config: { permission: "device.write", subject: isVisible },
      schema: {
        summary: "Give a device another code; its old label opens nothing any more",
        params,
        response: { 200: Device },
      },
    },
    (request, reply) =>
      request.asTenant(async (tx) => {
        const { actor, params } = request;
        return withVersion(reply, await renewCode(tx, actor, params.id, expectedVersion(request)));
      }),
  );

  app.get(
    "/api/v1/device-types",
    {
      config: { permission: "device.read" },
      schema: { summary: "The types of device in use", response: { 200: DeviceTypes } },
    },
    (request) => request.asTenant((tx) => listTypes(tx, request.actor)),
  );

  app.post(
    "/api/v1/device-labels",
    {
      config: { permission: "device.read" },
      schema: {
        summary: "Labels with QR codes, as application/pdf",
        produces: ["application/pdf"],
        body: LabelOrder,
        response: { 200: Type.Unknown({ description: "application/pdf" }) },
      },
    },
    async (request, reply) => {
      const { format, language } = request.body;
      const labels = await request.asTenant((tx) => chooseLabels(tx, request.actor, request.body));
      const printed = labels.map(({ name, siteName, code }) => {
        const url = `${app.settings.publicUrl}/r/${code}`;
        return { url, name, siteName, code: showDeviceCode(code) };
      });
      const pdf = await printApart({ labels: printed, format, language });
      return reply
        .type("application/pdf")
        .header("content-disposition", 'attachment; filename="device-labels.pdf"')
        .send(pdf);
    },
  );

  app.get(
    "/api/v1/device-codes/:code",
    {
      config: { permission: "public" },
      schema: {
        summary: "What a label's page shows before anyone is signed in",
        params: Type.Object({ code: Type.String({ maxLength: 40 }) }),
        response: { 200: DeviceCode },
      },
    },
    async (request) => {
      const found = await findDeviceByCode(app.db, request.params.code);
      if (!found) throw new Refusal("not_found", "code_unknown", "This label is not in use. Ask for a new one.");
      return {
        device: { name: found.deviceName, type: found.deviceType },
        site: { name: found.siteName },
        provider: { name: found.providerName, locale: found.providerLocale },
      };
    },
  );
}
