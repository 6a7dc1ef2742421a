"""The pages of the account: allauth walks, the pages and the words are ours."""
