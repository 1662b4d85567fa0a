//! Dates as sources give them, spans, and the clock that plays. Pure: no wall clock is ever read here.
