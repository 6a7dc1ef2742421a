"""What the pages of the account say: coming in by e-mail and password, second factors, open sessions."""
