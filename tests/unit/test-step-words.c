/* test-step-words.c: what is offered at each place of a step. A bar in the text is the cursor. */

#include "asked-project.h"
#include "query/selector.h"
#include "query/step-words.h"

static const char events_text[] = "#key time:T event channel prop:Colour:t amount:m\n"
                                  "a 2024-01-01T10:00:00Z view web dark-red 100\n"
                                  "a 2024-01-01T11:00:00Z add_to_cart mail - -\n"
                                  "a 2024-01-02T09:00:00Z order web red 50\n"
                                  "a 2024-01-02T09:00:00Z 浏览 社群 - 50\n";

static void
check (MqStepWords *words, const char *marked, const char *expected)
{
  g_auto (GStrv) parts = g_strsplit (marked, "|", 2);
  g_autofree char *text = g_strconcat (parts[0], parts[1], NULL);
  g_auto (GStrv) found = NULL;
  g_autofree char *joined = NULL;
  g_autofree char *result = NULL;
  char            *field;
  gsize            start;

  found = mq_step_words_complete (words, text, strlen (parts[0]), 8, &start, &field);
  if (field != NULL)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (mq_step_words_load (words, field, NULL, &error));
      g_free (field);
      g_strfreev (found);
      found = mq_step_words_complete (words, text, strlen (parts[0]), 8, &start, &field);
      g_assert_null (field);
    }
  joined = g_strjoinv (";", found);
  result = g_strdup_printf ("%s: %.*s~%s", marked, (int) start, text, joined);
  g_assert_cmpstr (result, ==, expected);
}

static void
test_places (void)
{
  Asked asked;
  g_autoptr (GError) error = NULL;
  g_autoptr (MqStepWords) words = NULL;

  asked_begin (&asked, "UTC", "EUR");
  asked_add (&asked, MQ_KIND_EVENTS, events_text);
  asked_add (&asked, MQ_KIND_MESSAGES, "#key time:T status channel\na 2024-01-01T11:00:00Z clicked mail\n");
  asked_add (&asked, MQ_KIND_CUSTOMERS, "#key city\na New-York\n");
  asked.dataset = mq_project_load (asked.project, NULL, &error);
  g_assert_no_error (error);
  words = mq_step_words_new (asked.dataset, NULL, &error);
  g_assert_no_error (error);

  check (words, "|", "|: ~add_to_cart;event:order;message.clicked;view;浏览");
  check (words, "Vi|", "Vi|: ~view");
  check (words, "cart|", "cart|: ~add_to_cart");
  check (words, "ord|", "ord|: ~event:order");
  check (words, "view|", "view|: ~");
  check (words, "view, 浏|", "view, 浏|: view, ~浏览");
  check (words, "view[col|", "view[col|: view[~Colour ");
  check (words, "view[|]", "view[|]: view[~Colour ;amount ;channel ;customer.city ;event ;status ;time ");
  check (words, "view[Colour |", "view[Colour |: view[Colour ~= ;!= ;>= ;<= ;> ;< ;contains ;not contains ");
  check (words, "view[Colour con|", "view[Colour con|: view[Colour ~contains ;not contains ");
  check (words, "view[Colour = r|]", "view[Colour = r|]: view[Colour = ~red;dark-red");
  check (words, "view[Colour =|", "view[Colour =|: view[Colour =~dark-red;red");
  check (words, "view[Colour contains \"re|", "view[Colour contains \"re|: view[Colour contains ~red;dark-red");
  check (words, "view[Colour in (red, d|", "view[Colour in (red, d|: view[Colour in (red, ~dark-red;red");
  check (words, "view[Colour = red |", "view[Colour = red |: view[Colour = red ~");
  check (words, "view[Colour = red and cha|", "view[Colour = red and cha|: view[Colour = red and ~channel ");
  check (words, "view[Colour = red and channel = 社|", "view[Colour = red and channel = 社|: view[Colour = red and channel = ~社群");
  check (words, "view[customer.city = n|", "view[customer.city = n|: view[customer.city = ~New-York");
  check (words, "view[amount > 1|", "view[amount > 1|: view[amount > ~");
  check (words, "view[Colour = red]|", "view[Colour = red]|: view[Colour = red]~");
  check (words, "view[Colour = \"a, [b\"], v|", "view[Colour = \"a, [b\"], v|: view[Colour = \"a, [b\"], ~view");
  asked_end (&asked);
}

/* Whatever stands before the cursor, nothing is read beyond it, and what is offered for a whole text can be read. */
static void
test_every_cut (void)
{
  static const char text[] = "view[Colour not contains \"x\"\" y\" and amount >= 10 and channel in (web, mail)], \"浏览\", event:order";
  Asked             asked;
  g_autoptr (GError) error = NULL;
  g_autoptr (MqStepWords) words = NULL;

  asked_begin (&asked, "UTC", "EUR");
  asked_add (&asked, MQ_KIND_EVENTS, events_text);
  asked.dataset = mq_project_load (asked.project, NULL, &error);
  words = mq_step_words_new (asked.dataset, NULL, &error);
  g_assert_no_error (error);
  for (gsize cursor = 0; cursor < sizeof text; cursor++)
    {
      g_auto (GStrv) found = NULL;
      g_autofree char *field = NULL;
      g_autofree char *cut = g_utf8_validate (text, (gssize) cursor, NULL) ? g_strndup (text, cursor) : NULL;
      gsize            start;

      if (cut == NULL)
        continue;
      found = mq_step_words_complete (words, cut, cursor, 5, &start, &field);
      g_assert_cmpuint (start, <=, cursor);
      g_assert_cmpuint (g_strv_length (found), <=, 5);
    }
  asked_end (&asked);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/step-words/places", test_places);
  g_test_add_func ("/step-words/every-cut", test_every_cut);
  return g_test_run ();
}
