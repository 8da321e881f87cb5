"""The pages of those who mediate (调解员办公页)."""
