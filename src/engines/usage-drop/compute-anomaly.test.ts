import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { drawNormal } from "../../../test/reference/simulate-usage.ts";
import { DocumentFault } from "../document/index.ts";
import { seededRandom } from "../random/index.ts";
import { computeAnomaly } from "./index.ts";

const minutes = 5;
/** As streaming benchmarks write it: `2014-04-01 00:05:00`. */
const timeOf = (index: number) =>
  new Date(Date.UTC(2014, 3, 1) + index * minutes * 60_000).toISOString().slice(0, 19).replace("T", " ");
const scores = (values: readonly number[], time: (index: number) => unknown = timeOf) =>
  computeAnomaly({ points: values.map((value, index) => ({ time: time(index), value })) }).scores;
const highest = (list: readonly number[]) => list.reduce((top, score) => Math.max(top, score), 0);
const place = (list: readonly number[]) => list.indexOf(highest(list));

function noise(length: number, seed: number, scale = 1, level = 100): number[] {
  const random = seededRandom(seed);
  return Array.from({ length }, () => level + scale * drawNormal(random));
}

/** A working day: high from 9 to 18 o'clock. */
const office = (index: number) => {
  const hour = ((index * minutes) / 60) % 24;
  return hour >= 9 && hour < 18 ? 60 : 0;
};

describe("mainstay compute anomaly", () => {
  test("gives every point a score from 0 to 1, from it and the points before it alone", () => {
    const values = noise(1500, 1);
    values[900] = 130;
    const all = scores(values);
    assert.equal(all.length, values.length);
    assert.ok(all.every((score) => score >= 0 && score <= 1));
    assert.deepEqual(scores(values.slice(0, 950)), all.slice(0, 950));
  });

  test("a spike, a dip and a shift of the level score highest where they begin", () => {
    for (const odd of [(value: number) => value + 12, (value: number) => value - 12]) {
      const spike = noise(1500, 2).map((value, index) => (index === 1000 ? odd(value) : value));
      assert.equal(place(scores(spike)), 1000);
      const shift = noise(1500, 3).map((value, index) => (index >= 1000 ? odd(value) : value));
      const scored = scores(shift);
      assert.equal(place(scored), 1000);
      assert.ok(highest(scored.slice(1100)) < 0.99, "the new level is soon the usual one");
    }
  });

  test("a daily pattern is learned: what is usual by day is odd by night", () => {
    const values = noise(3000, 4, 2, 20).map((value, index) => value + office(index));
    const night = 9 * 288 + 24;
    for (let index = night; index < night + 6; index++) values[index] = (values[index] ?? 0) + 60;
    const scored = scores(values);
    assert.ok(Math.abs(place(scored.slice(1500)) + 1500 - night) <= 2);
    assert.ok((scored[night] ?? 0) > 0.99);
  });

  test("high scores are rare where nothing happens", () => {
    let [high, count] = [0, 0];
    for (let seed = 10; seed < 20; seed++) {
      for (const score of scores(noise(2000, seed))) {
        count++;
        if (score > 0.99) high++;
      }
    }
    assert.ok(high / count < 5e-4, `${high} of ${count}`);
  });

  test("scores do not depend on the unit of the values", () => {
    const values = noise(800, 5);
    values[600] = 112;
    const plain = scores(values);
    for (const factor of [1e-6, 1e6, 1e150, 2 ** -600]) {
      const scaled = scores(values.map((value) => value * factor));
      for (const [index, score] of scaled.entries())
        assert.ok(Math.abs(score - (plain[index] ?? 0)) < 1e-6, `${factor}`);
    }
  });

  test("times are read in every common form", () => {
    const values = noise(600, 6);
    const epoch = (index: number) => Date.UTC(2014, 3, 1) / 1000 + index * minutes * 60;
    const forms = [
      (index: number) => `${timeOf(index).replace(" ", "T")}Z`,
      (index: number) => `${timeOf(index)}.000000`,
      (index: number) => epoch(index),
      (index: number) => epoch(index) * 1000,
      (index: number) => String(epoch(index)),
      (index: number) => new Date((epoch(index) + 7 * 3600) * 1000).toISOString().replace("Z", "+07:00"),
    ];
    for (const form of forms) assert.deepEqual(scores(values, form), scores(values));
  });

  test("a constant stream scores nothing until it moves", () => {
    const values = new Array<number>(800).fill(42);
    assert.ok(highest(scores(values)) < 0.5);
    values[600] = 43;
    const scored = scores(values);
    assert.equal(place(scored), 600);
    assert.ok((scored[600] ?? 0) > 0.9);
  });

  test("gaps, equal times, one point, no points, and the largest numbers are answered", () => {
    assert.deepEqual(computeAnomaly({ points: [] }), { scores: [] });
    assert.equal(scores([7]).length, 1);
    assert.equal(scores(noise(300, 7), () => timeOf(0)).length, 300);
    assert.equal(scores(noise(300, 8), (index) => (index < 150 ? index : 1e9 + index)).length, 300);
    const extremes = Array.from({ length: 400 }, (_, index) => (index % 2 === 0 ? 1 : -1) * Number.MAX_VALUE);
    assert.ok(scores(extremes).every((score) => score >= 0 && score <= 1));
  });

  test("a clock that is turned back is no disorder", () => {
    assert.equal(scores(noise(300, 8), (index) => timeOf(index < 150 ? index : index - 12)).length, 300);
  });

  test("a hundred thousand points are a second or two", () => {
    assert.equal(scores(noise(100_000, 9), (index) => index * 60).length, 100_000);
  });

  test("what cannot be meant is refused at its place", () => {
    const point = { time: "2026-01-05 00:00:00", value: 1 };
    const refused: [unknown, string][] = [
      [[], ""],
      [{}, "/points"],
      [{ points: {} }, "/points"],
      [{ points: [1] }, "/points/0"],
      [{ points: [{ time: 1 }] }, "/points/0/value"],
      [{ points: [{ value: 1 }] }, "/points/0/time"],
      [{ points: [point, { ...point, value: Number.NaN }] }, "/points/1/value"],
      [{ points: [point, { ...point, value: null }] }, "/points/1/value"],
      [{ points: [point, { ...point, value: "1" }] }, "/points/1/value"],
      [{ points: [point, { ...point, time: "2026-01-04 20:59:59" }] }, "/points/1/time"],
      [{ points: [{ ...point, time: "2026-02-30 00:00:00" }] }, "/points/0/time"],
      [{ points: [{ ...point, time: "2026-02-03 25:00:00" }] }, "/points/0/time"],
      [{ points: [{ ...point, time: "yesterday" }] }, "/points/0/time"],
      [{ points: [{ ...point, time: null }] }, "/points/0/time"],
      [{ points: [{ ...point, label: 1 }] }, "/points/0/label"],
      [{ points: [], threshold: 1 }, "/threshold"],
    ];
    for (const [document, pointer] of refused) {
      assert.throws(
        () => computeAnomaly(document),
        (fault) => fault instanceof DocumentFault && fault.pointer === pointer,
        JSON.stringify(document),
      );
    }
  });
});
