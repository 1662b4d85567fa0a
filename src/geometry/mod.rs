//! Coordinates, projections, cameras, the arc-node topology and measures. Knows nothing of polities or dates.
