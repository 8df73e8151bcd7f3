/**
 * The parts of Leaflet that our own page needs: the map with its handlers. A page with tiles, or to which somebody added
 * folium layers, carries all of Leaflet instead (`full.ts`). It stands in for "leaflet" by an alias of the build.
 * Left out is Leaflet's keyboard: the focus is the marks', and goes from one to the next.
 */
// First: it and the CRS need each other, and only in this order do both come to be whole.
import { LatLng, toLatLng as latLng } from "../node_modules/leaflet/src/geo/LatLng";
import * as DomEvent from "../node_modules/leaflet/src/dom/DomEvent";
import * as DomUtil from "../node_modules/leaflet/src/dom/DomUtil";
import { CRS } from "../node_modules/leaflet/src/geo/crs/CRS";
import { EPSG3857 } from "../node_modules/leaflet/src/geo/crs/CRS.EPSG3857";
import { LatLngBounds, toLatLngBounds as latLngBounds } from "../node_modules/leaflet/src/geo/LatLngBounds";
import { Bounds, toBounds as bounds } from "../node_modules/leaflet/src/geometry/Bounds";
import { Point, toPoint as point } from "../node_modules/leaflet/src/geometry/Point";
import { Layer } from "../node_modules/leaflet/src/layer/Layer";
import { Map, createMap as map } from "../node_modules/leaflet/src/map/Map";
import "../node_modules/leaflet/src/map/handler/Map.BoxZoom";
import "../node_modules/leaflet/src/map/handler/Map.DoubleClickZoom";
import "../node_modules/leaflet/src/map/handler/Map.Drag";
import "../node_modules/leaflet/src/map/handler/Map.ScrollWheelZoom";
import "../node_modules/leaflet/src/map/handler/Map.TouchZoom";

CRS.EPSG3857 = EPSG3857;
window.L = { Bounds, CRS, DomEvent, DomUtil, LatLng, LatLngBounds, Layer, Map, Point, bounds, latLng, latLngBounds, map, point };

export { Bounds, CRS, DomEvent, DomUtil, LatLng, LatLngBounds, Layer, Map, Point, bounds, latLng, latLngBounds, map, point };
