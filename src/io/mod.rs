//! Reading the atlas that the program carries, the documents that people bring, and what the program remembers; writing what people take away.

pub mod atlas_files;
pub mod feature;
pub mod feature_kinds;
pub mod process;
pub mod project_file;
pub mod settings;
pub mod settings_file;
pub mod write;

pub use atlas_files::{AtlasFiles, built_in_atlas};
pub use project_file::{FileError, read_project};
pub use settings::Settings;
pub use settings_file::SettingsFile;
pub use write::{write_beside, write_new};
