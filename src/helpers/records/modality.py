"""Whether a claim was made at all: what somebody did not say, or may say, is no claim of theirs."""

from enum import StrEnum


class Modality(StrEnum):
    """How an article reports an act of saying or thinking. What is not asserted is shown, and counted nowhere."""

    ASSERTED = "asserted"
    NEGATED = "negated"  # لم يقل الوزير إن
    QUESTIONED = "questioned"  # هل قال الوزير إن
    CONDITIONAL = "conditional"  # إذا قال الوزير إن
    FUTURE = "future"  # سيقول الوزير إن
