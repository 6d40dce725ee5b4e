//! The commands, run on small workspaces in temporary folders.

mod inspect;
mod references;
mod regen;
mod workspace;
