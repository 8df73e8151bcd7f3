import "leaflet/dist/leaflet.css";
import * as L from "leaflet";

declare global {
  interface Window {
    contactline: { mount: (map: L.Map, document: unknown) => void };
  }
}

window.contactline = {
  mount(map: L.Map): void {
    map.attributionControl?.setPrefix(false);
    map.setView([35.9, 36.6], 8);
  },
};
