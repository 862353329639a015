"""Letters: from frozen content to bytes. Knows neither database nor web."""
