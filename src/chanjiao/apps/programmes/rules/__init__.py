"""Pure rules over programmes: what figures are possible, how sources of demand join, where programmes lead."""
