//! The program run as a program: names, formats, exit codes and errors that scripts rely on.

mod animate;
mod chart;
mod commands;
mod edit;
