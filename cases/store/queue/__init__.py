"""The queue (办件清单): saved views, filters, search and pages over the cases an asker may know of."""
