"""What tells who somebody is: names, numbers, dates and places, by rules and by Presidio."""
