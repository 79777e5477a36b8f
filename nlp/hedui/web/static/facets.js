"use strict";
// Datasette's table.js asks whether facets may be chosen; its own page says so in a script of the page.
const DATASETTE_ALLOW_FACET = true;
