"""Pictures drawn from the map's own files: ground, symbols of units, frames and charts."""
