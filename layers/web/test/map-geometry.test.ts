import assert from "node:assert/strict";
import { test } from "node:test";
import {
  areaKm2, boxOf, clipRing, decimal, distanceKm, honest, inside, joinBoxes, latitudeOf, longitudeOf, mercatorX, mercatorY,
  polesOf, roundLengthKm, sexagesimal, unwrap,
} from "../src/geometry";

test("distances agree with Vincenty's on WGS 84", () => {
  // Flinders Peak to Buninyon, the worked example of the Geocentric Datum of Australia manual: 54 972.271 m.
  const km = distanceKm([144.4248679, -37.9510334], [143.9264955, -37.6528211]);
  assert.ok(Math.abs(km - 54.972271) < 0.001, String(km));
  assert.equal(distanceKm([36.6, 35.9], [36.6, 35.9]), 0);
  const half = distanceKm([0, 0], [90, 0]);
  assert.ok(Math.abs(half - 10018.754) < 0.05, String(half));
});

test("a degree square at the equator and a ring across the antimeridian have their areas on the ellipsoid", () => {
  const square = areaKm2([[0, 0], [1, 0], [1, 1], [0, 1]]);
  assert.ok(Math.abs(square - 12308.8) < 5, String(square));
  const across = areaKm2([[179.5, 0], [-179.5, 0], [-179.5, 1], [179.5, 1]]);
  assert.ok(Math.abs(across - square) < 1e-6);
  assert.ok(Math.abs(areaKm2([[0, 0], [0, 1], [1, 1], [1, 0]]) - square) < 1e-6, "either winding");
});

test("lines across the antimeridian stay in one piece", () => {
  assert.deepEqual(unwrap([[179, 0], [-179, 1], [178, 2]]), [[179, 0], [181, 1], [178, 2]]);
  const box = boxOf({ type: "LineString", coordinates: [[179, 0], [-179, 1]] });
  assert.deepEqual(box, { west: 179, south: 0, east: 181, north: 1 });
  const joined = joinBoxes([{ west: 175, east: 179, south: 0, north: 1 }, { west: -179, east: -178, south: 0, north: 1 }]);
  assert.deepEqual(joined, { west: 175, east: 182, south: 0, north: 1 });
});

test("Mercator goes there and back", () => {
  for (const [lon, lat] of [[0, 0], [36.6, 35.9], [-179.9, -84], [180, 85]] as const) {
    assert.ok(Math.abs(longitudeOf(mercatorX(lon)) - lon) < 1e-9);
    assert.ok(Math.abs(latitudeOf(mercatorY(lat)) - lat) < 1e-9);
  }
});

test("clipping keeps what is inside the box", () => {
  const ring = clipRing([[-5, 2], [5, 2], [5, 8], [-5, 8]], [0, 0, 10, 10]);
  assert.deepEqual(new Set(ring.map((p) => p.join())), new Set(["0,2", "5,2", "5,8", "0,8"]));
  assert.deepEqual(clipRing([[20, 20], [30, 20], [30, 30]], [0, 0, 10, 10]), []);
});

test("the pole of a horseshoe lies in the horseshoe, and a hole is outside", () => {
  const horseshoe = [[[0, 0], [10, 0], [10, 10], [7, 10], [7, 3], [3, 3], [3, 10], [0, 10], [0, 0]]];
  const [pole] = polesOf(horseshoe);
  assert.ok(pole && inside(pole.x, pole.y, horseshoe));
  assert.ok(pole.room > 1.2);
  const ring = [[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]], [[2, 2], [8, 2], [8, 8], [2, 8], [2, 2]]];
  assert.equal(inside(5, 5, ring), false);
  assert.equal(polesOf([]).length, 0);
});

test("numbers are no more exact than they deserve", () => {
  assert.deepEqual([0.234, 4.6, 19.03, 238.4, 6649].map(honest), [0.2, 5, 19, 240, 6600]);
  assert.deepEqual([130, 45, 4.9, 0.7].map(roundLengthKm), [100, 30, 3, 0.5]);
});

test("coordinates in both notations, on all four sides", () => {
  assert.equal(decimal(36.6339, 35.9306), "35.9306° N, 36.6339° E");
  assert.equal(sexagesimal(36.6339, 35.9306), "35°55′50″ N, 36°38′02″ E");
  assert.equal(sexagesimal(-0.5, -10.99999), "11°00′00″ S, 0°30′00″ W");
});
