//! The library as its users meet it, in one program: its promises, its records, its pictures, and the house itself.

mod curve;
mod door;
mod evidence;
mod fair;
mod floors;
mod imports;
mod lab;
mod meter;
mod plot;
mod records;
mod tidy;
mod unread;
