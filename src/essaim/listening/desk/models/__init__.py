from essaim.listening.desk.models.brands import Brand, BrandMention, Panel
from essaim.listening.desk.models.items import Answer, Item, Promise
from essaim.listening.desk.models.sums import Burst, Stale, Sum, Watch

__all__ = ["Answer", "Brand", "BrandMention", "Burst", "Item", "Panel", "Promise", "Stale", "Sum", "Watch"]
