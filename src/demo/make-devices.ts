import { instantText } from "../platform/clock.ts";
import { type DeviceModel, deviceCount, deviceModels, equipment } from "./device-models.ts";
import type { DemoDevice, DemoSite } from "./directory.ts";
import type { Random } from "./random.ts";

/** The devices of all sites, exactly as many as the demo promises. */
export function makeDevices(
  sites: readonly DemoSite[],
  today: Temporal.PlainDate,
  founded: number,
  random: Random,
): DemoDevice[] {
  const places = sites.flatMap((site) =>
    equipment[site.customer].flatMap(([type, usual, word]) =>
      Array.from({ length: wholeOf(usual * site.size, random) }, () => ({ site, type, word })),
    ),
  );
  while (places.length < deviceCount) places.push(random.pick(places));
  const kept = new Set(random.shuffled([...places.keys()]).slice(0, deviceCount));
  const numbers = new Map<string, number>();
  return places
    .filter((_, index) => kept.has(index))
    .map(({ site, type, word }, index) => {
      const key = `${site.id} ${type}`;
      const number = (numbers.get(key) ?? 0) + 1;
      numbers.set(key, number);
      return makeDevice(site, `${word} ${number}`, modelOf(type, random), index, { today, founded, random });
    });
}

/** A fraction of a device is one device at that share of the sites. */
function wholeOf(amount: number, random: Random): number {
  return Math.floor(amount) + (random.chance(amount % 1) ? 1 : 0);
}

function modelOf(type: DeviceModel["type"], random: Random): DeviceModel {
  return random.pick(deviceModels.filter((model) => model.type === type));
}

function makeDevice(
  site: DemoSite,
  name: string,
  model: DeviceModel,
  index: number,
  { today, founded, random }: { today: Temporal.PlainDate; founded: number; random: Random },
): DemoDevice {
  const ageDays = Math.round(random.between(0.1, 1.25) * model.lifeMonths * 30.4);
  const installed = today.subtract({ days: Math.max(120, ageDays) });
  const purchased = installed.subtract({ days: random.whole(5, 40) });
  const prefix = model.manufacturer.slice(0, 2).toUpperCase();
  return {
    id: random.idAt(founded),
    customerId: site.customerId,
    site,
    name,
    model,
    serial: `${prefix}${purchased.year % 100}${String(random.whole(10_000, 99_999))}${String(index).padStart(3, "0")}`,
    assetTag: `HL-${String(10_001 + index)}`,
    purchasedOn: purchased.toString(),
    installedOn: installed.toString(),
    warrantyUntil: purchased.add({ months: model.warrantyMonths }).toString(),
    createdAt: instantText(founded),
    badness: random.chance(0.02) ? random.between(4, 8) : random.around(1, 0.3),
  };
}
