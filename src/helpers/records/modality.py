"""Whether a claim was made at all: what somebody did not say, or may yet say, is not asserted."""

from enum import StrEnum


class Modality(StrEnum):
    """How an article reports an act of saying or thinking. Claims that are not asserted are shown but never counted."""

    ASSERTED = "asserted"
    NEGATED = "negated"  # لم يقل الوزير إن
    QUESTIONED = "questioned"  # هل قال الوزير إن
    CONDITIONAL = "conditional"  # إذا قال الوزير إن
    FUTURE = "future"  # سيقول الوزير إن
