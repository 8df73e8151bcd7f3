/** The page with all of Leaflet and its styles, for maps with tiles or with layers that were added through folium. */

import "leaflet/dist/leaflet.css";
import "./main";
