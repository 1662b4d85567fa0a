//! The window, used as people use it: by what its buttons say, by keys, by the pointer.
#![cfg(feature = "gui")]

mod accessibility;
mod annotate;
mod callouts;
mod charts_and_events;
mod compare;
mod draw;
mod edit;
mod export;
mod fades;
mod forms;
mod hands;
mod jobs;
mod keep;
mod lanes;
mod lecture;
mod lecture_compare;
mod lecture_windows;
mod map;
mod measure;
mod own_timeline;
mod paint;
mod pictures;
mod sources;
mod start;
mod time_edit;
mod timeline;
mod what_if;
mod window;
mod words;
