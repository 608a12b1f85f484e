"""Policy documents as people see them and fill them in: what each is made of, in words."""
