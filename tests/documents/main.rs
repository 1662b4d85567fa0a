//! Documents and settings: kept whole, read from any bytes, taken apart and put together again.

mod hostile;
mod pictures;
mod rich_text;
mod settings;
mod source_import;
mod source_taking;
mod what_if;
mod whole;
