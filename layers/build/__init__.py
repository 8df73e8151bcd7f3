"""From a report to a map document. Pure: every cartographic choice lives here, no Leaflet and no file is touched.

`reading` lays the article out in sentences, `places`, `facts` and `zones` make the marks, `words` holds the wording.
The marks of one page share one numbering: places `p1…`, facts `f1…`, sentences `s1…`; zones keep their own ids.
"""

from layers.build.page import document

__all__ = ["document"]
