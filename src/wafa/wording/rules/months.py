"""The months of the three calendars that seasons are counted in, by the reader's language."""

from __future__ import annotations

from wafa.wording.figures import decimal
from wafa.wording.languages import ARABIC, ENGLISH, PERSIAN, chosen

_MONTHS = {
    "gregorian": {
        ENGLISH: "January February March April May June July August September October November December",
        ARABIC: "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
        PERSIAN: "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    },
    "jalali": {
        ENGLISH: "Farvardin Ordibehesht Khordad Tir Mordad Shahrivar Mehr Aban Azar Dey Bahman Esfand",
        ARABIC: "فروردين أرديبهشت خرداد تير مرداد شهريور مهر آبان آذر دي بهمن إسفند",
        PERSIAN: "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
    },
    "hijri": {
        ENGLISH: "Muharram|Safar|Rabi I|Rabi II|Jumada I|Jumada II|Rajab|Shaban|Ramadan|Shawwal|Dhu al-Qadah|"
        "Dhu al-Hijjah",
        ARABIC: "محرم|صفر|ربيع الأول|ربيع الآخر|جمادى الأولى|جمادى الآخرة|رجب|شعبان|رمضان|شوال|ذو القعدة|ذو الحجة",
        PERSIAN: "محرم|صفر|ربیع‌الاول|ربیع‌الثانی|جمادی‌الاول|جمادی‌الثانی|رجب|شعبان|رمضان|شوال|ذیقعده|ذیحجه",
    },
}


def month(calendar: str, which: int, language: str | None = None) -> str:
    """Ramadan"""
    names = _MONTHS[calendar][chosen(language)]
    return names.split("|" if "|" in names else " ")[which - 1]


def day_of_month(calendar: str, which: int, day: int, language: str | None = None) -> str:
    """10 Ramadan"""
    return f"{decimal(str(day), language)} {month(calendar, which, language)}"
