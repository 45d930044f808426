"""Pure rules of placement: states and deadlines, who may have a seat, points, internships, the line."""
