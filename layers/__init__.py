"""How a report is drawn: from `geo.Report` to one offline HTML page."""
