//! The commands, run on small workspaces in temporary folders.

mod diff;
mod inspect;
mod lock;
mod overlay;
mod references;
mod regen;
mod several_files;
mod workspace;
