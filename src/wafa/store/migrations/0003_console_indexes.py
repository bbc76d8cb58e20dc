"""Indexes behind the console's lists and search boxes: orders, prefixes of numbers, both ends of a phone, words of a name.

A name is found by the beginnings of its words, whoever typed it on whichever keyboard: accents and vowel
marks go, ي and ك are ی and ک, digits are 0 to 9, and a half-space parts words as a space does. That folding
lives in one function, used by the index and by the query alike, so the two cannot drift apart.
"""

from django.db import migrations

NAMES = r"""
    CREATE FUNCTION folded_words(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
        array_remove(string_to_array(regexp_replace(
            translate(
                lower(regexp_replace(
                    normalize($1, NFKD),
                    '[\u00ad\u0300-\u036f\u0610-\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b\u200d-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]',
                    '', 'g'
                )),
                'يىك٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹',
                'ییک01234567890123456789'
            ),
            '[\s\u00a0\u200c_.,;:/\\()"''&+@،؛-]+', ' ', 'g'
        ), ' '), '');

    CREATE FUNCTION name_words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
        array_to_tsvector(folded_words($1));

    CREATE FUNCTION name_sought(text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN (
        SELECT string_agg('''' || replace(word, '\', '\\') || ''':*', ' & ')::tsquery FROM unnest(folded_words($1)) AS word
    );

    CREATE INDEX member_by_name_word ON member USING gin (name_words(name));
"""

LISTS = """
    CREATE INDEX member_by_name ON member (merchant_id, name, id);
    CREATE INDEX member_by_newest ON member (merchant_id, enrolled_at DESC, id DESC);
    CREATE INDEX member_by_number_start ON member (merchant_id, number varchar_pattern_ops);
    CREATE INDEX member_by_phone_start ON member (merchant_id, phone varchar_pattern_ops) WHERE phone <> '';
    CREATE INDEX member_by_phone_end ON member (merchant_id, reverse(phone) text_pattern_ops) WHERE phone <> '';
    CREATE INDEX wallet_by_points ON wallet (merchant_id, available DESC, id DESC);
    CREATE INDEX document_by_number_start ON document (merchant_id, number varchar_pattern_ops);
    CREATE INDEX document_returns_by_time ON document (merchant_id, occurred_at DESC, id DESC) WHERE kind = 'return';
"""

UNDO = """
    DROP INDEX document_returns_by_time, document_by_number_start, wallet_by_points, member_by_phone_end,
        member_by_phone_start, member_by_number_start, member_by_newest, member_by_name, member_by_name_word;
    DROP FUNCTION name_sought, name_words, folded_words;
"""


class Migration(migrations.Migration):
    dependencies = [("store", "0002_laws")]

    operations = [migrations.RunSQL(NAMES + LISTS, UNDO)]
