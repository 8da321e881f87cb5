"""The matter itself (案件): may this happen, who may do it, by when. No web, no Prefect, no network."""
