/* test-feedback-query.c: where the words of a query stand in a text; what it matches is tests/golden/moods.py's. */

#include "config.h"

#include <string.h>

#include "sentiment/feedback-query.h"

/* The text with what was found between { and }. */
static char *
show (const char *query, const char *text)
{
  g_autoptr (MqFeedbackQuery) parsed = mq_feedback_query_parse (query, NULL, NULL);
  g_autoptr (GArray) spans = mq_feedback_query_find (parsed, text);
  GString *out = g_string_new (text);

  for (guint i = spans->len; i > 0; i--)
    {
      const MqFeedbackSpan *span = &g_array_index (spans, MqFeedbackSpan, i - 1);

      g_assert_cmpuint (span->first, <, span->end);
      g_assert_cmpuint (span->end, <=, i < spans->len ? g_array_index (spans, MqFeedbackSpan, i).first : strlen (text));
      g_string_insert_c (out, span->end, '}');
      g_string_insert_c (out, span->first, '{');
    }
  return g_string_free (out, FALSE);
}

static void
test_find (void)
{
  static const struct
  {
    const char *query, *text, *shown;
  } cases[] = {
    { "", "nothing is wanted", "nothing is wanted" },
    { "parcel", "The PARCEL and the parcels", "The {PARCEL} and the {parcel}s" },
    { "物流 AND 慢", "物流太慢，物流！", "{物流}太{慢}，{物流}！" },
    { "物流", "這家物流，這家\xe7\x89\xa9\xe2\x80\x8b流", "這家{物流}，這家{\xe7\x89\xa9\xe2\x80\x8b流}" },
    { "服务", "這家店的服務態度", "這家店的{服務}態度" },
    { "abc", "ＡＢＣ", "{ＡＢＣ}" },
    { "\"not good\" OR bad", "not good, not bad, good", "{not good}, not {bad}, good" },
    { "good NOT bad", "good, bad", "{good}, bad" },
    { "ana", "banana", "b{anana}" },
    { "ab bc", "abcd", "{abc}d" },
    { "😀", "well 😀!", "well {😀}!" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = show (cases[i].query, cases[i].text);

      g_assert_cmpstr (shown, ==, cases[i].shown);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/feedback-query/find", test_find);
  return g_test_run ();
}
