/* test-comment-search.c: which comments have the words, and that only the newest question is answered. */

#include "config.h"

#include "analysis.h"
#include "comment-search.h"
#include "wait.h"

#define MANY 20000

static MqTable *
make_table (const char *const *texts)
{
  MqTableBuilder *builder = mq_table_builder_new ("behind", NULL, NULL);

  mq_table_builder_add_column (builder, "text", "Text", MQ_COLUMN_TEXT);
  for (guint i = 0; texts[i] != NULL; i++)
    {
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, texts[i]);
    }
  return mq_table_builder_finish (builder);
}

/* The rows as text, "0 2 "; an answer more is a line more. */
static void
found_cb (GString *told, GArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (told, "%u ", g_array_index (rows, guint32, i));
  g_string_append_c (told, '\n');
}

static void
assert_finds (MqCommentSearch *search, GString *told, const char *query, const char *rows)
{
  g_autoptr (GError) error = NULL;

  g_string_truncate (told, 0);
  g_assert_true (mq_comment_search_ask (search, query, &error));
  g_assert_no_error (error);
  WAIT (told->len > 0);
  g_assert_cmpstr (told->str, ==, rows);
}

static void
test_words (void)
{
  static const char *const texts[] = { "The PARCEL was late", "物流很快", "A fast parcel", "物流太慢，包裹坏了", "", NULL };
  g_autoptr (MqTable) table = make_table (texts);
  g_autoptr (MqCommentSearch) search = mq_comment_search_new (table);
  g_autoptr (GString) told = g_string_new (NULL);

  g_signal_connect_swapped (search, "found", G_CALLBACK (found_cb), told);
  assert_finds (search, told, "parcel", "0 2 \n");
  assert_finds (search, told, "parcel NOT late", "2 \n");
  assert_finds (search, told, "\"parcel was\" OR 物流 AND (快 OR fast)", "0 1 \n");
  assert_finds (search, told, "nothing", "\n");
  assert_finds (search, told, "NOT parcel", "1 3 4 \n");
}

/* The place is told, in characters, and what was asked before is not answered. */
static void
test_wrong (void)
{
  static const char *const texts[] = { "物流很快", NULL };
  g_autoptr (MqTable) table = make_table (texts);
  g_autoptr (MqCommentSearch) search = mq_comment_search_new (table);
  g_autoptr (GString) told = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_signal_connect_swapped (search, "found", G_CALLBACK (found_cb), told);
  g_assert_true (mq_comment_search_ask (search, "物流", NULL));
  g_assert_false (mq_comment_search_ask (search, "物流 (快", &error));
  g_assert_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING);
  g_assert_nonnull (strstr (error->message, "4"));
  assert_finds (search, told, "快", "0 \n");
}

/* Many questions in a row: one answer, to the last; the texts are folded although the first ones were cancelled. */
static void
test_newest (void)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (MqTable) table = NULL;
  g_autoptr (MqCommentSearch) search = NULL;
  g_autoptr (GString) told = g_string_new (NULL);

  for (guint i = 0; i < MANY; i++)
    g_ptr_array_add (texts, g_strdup_printf ("comment %u", i));
  g_ptr_array_add (texts, NULL);
  table = make_table ((const char *const *) texts->pdata);
  search = mq_comment_search_new (table);
  g_signal_connect_swapped (search, "found", G_CALLBACK (found_cb), told);
  for (guint i = 0; i < 20; i++)
    g_assert_true (mq_comment_search_ask (search, "comment", NULL));
  assert_finds (search, told, "19999", "19999 \n");
  g_string_truncate (told, 0);
  g_assert_true (mq_comment_search_ask (search, "comment", NULL));
  mq_comment_search_cancel (search);
  assert_finds (search, told, "12345", "12345 \n");
}

/* What is under way may outlive who asked. */
static void
test_gone (void)
{
  static const char *const texts[] = { "one", NULL };
  g_autoptr (MqTable) table = make_table (texts);
  MqCommentSearch *search = mq_comment_search_new (table);
  gpointer         watched = search;

  g_object_add_weak_pointer (G_OBJECT (search), &watched);
  g_assert_true (mq_comment_search_ask (search, "one", NULL));
  g_object_unref (search);
  g_assert_null (watched);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/comment-search/words", test_words);
  g_test_add_func ("/comment-search/wrong", test_wrong);
  g_test_add_func ("/comment-search/newest", test_newest);
  g_test_add_func ("/comment-search/gone", test_gone);
  return g_test_run ();
}
