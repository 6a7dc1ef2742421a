"""A mailbox for demonstrations and tests: takes any message by SMTP, shows it on a page, sends nothing anywhere."""
