"""Many campaigns of one scenario: played anywhere, kept in parts, asked as one."""
