"""What a claim says beside its note: diagnosis codes, authorization window, same-day services."""
