//! Reading the atlas that the program carries, and the documents that people bring.

pub mod atlas_files;
pub mod feature;
pub mod feature_kinds;
pub mod process;
pub mod project_file;

pub use atlas_files::{AtlasFiles, built_in_atlas};
pub use project_file::{FileError, read_project};
