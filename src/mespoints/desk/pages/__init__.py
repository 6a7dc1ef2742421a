"""What a page of the desk holds: frozen values, worded; a template receives exactly one."""
