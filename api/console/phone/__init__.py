"""Pages of people without an account (公众网页). The README says what stands where."""
