"""Run a batch: workers that claim, crawl and store, and the parent that watches over them."""
