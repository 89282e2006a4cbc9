"""From imported sales to what each holder is owed."""
