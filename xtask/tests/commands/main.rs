//! The commands, run on small workspaces in temporary folders.

mod inspect;
mod regen;
mod workspace;
