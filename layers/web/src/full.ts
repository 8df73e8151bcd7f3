/** The page with all of Leaflet and its styles, for maps to which folium layers were added. */

import "leaflet/dist/leaflet.css";
import "./main";
