from essaim.listening.reading.models.aspects import Aspect
from essaim.listening.reading.models.corrections import Correction
from essaim.listening.reading.models.readers import Edition, Reader
from essaim.listening.reading.models.readings import Field, Kind, Polarity, Reading, Topic

__all__ = ["Aspect", "Correction", "Edition", "Field", "Kind", "Polarity", "Reader", "Reading", "Topic"]
