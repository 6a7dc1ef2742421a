"""What each page says: frozen objects built from the readings of the law. A template receives one of them and only sets it."""
