//! Reading the atlas that the program carries, the documents that people bring, and what the program remembers; writing what people take away.

pub mod atlas_files;
mod collection;
pub mod document_file;
pub mod folders;
pub mod keep;
pub mod pictures;
pub mod process;
pub mod progress;
pub mod project_file;
pub mod settings;
pub mod settings_file;
pub mod sources;
pub mod text_file;
pub mod unfinished;
pub mod video;
pub mod write;

pub use atlas_files::{AtlasFiles, built_in_atlas};
pub use progress::{Cancelled, Progress};
pub use project_file::{read_document, read_project};
pub use settings::Settings;
pub use settings_file::SettingsFile;
pub use sources::{Given, sources_from_text};
pub use text_file::FileError;
pub use unfinished::Unfinished;
pub use video::{Video, VideoError};
pub use write::{free_name, size_on_disk, write_beside, write_new};
