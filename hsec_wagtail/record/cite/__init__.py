"""Pages and initiatives as they are cited: in words, and in the formats of programs that keep references."""
