/* step-words.c: where in a step the cursor stands, and the words that fit there. */

#include "config.h"

#include "query/step-words.h"

#include <string.h>

struct _MqStepWords
{
  gatomicrefcount ref_count;
  MqDataset      *dataset; /* (owned) */
  GPtrArray      *names;   /* (owned) (element-type utf8) as they are written, sorted */
  GPtrArray      *fields;  /* (owned) (element-type utf8) the same */
  GMutex          lock;
  GHashTable     *values; /* (owned) (element-type utf8 MqStrings) by field; guarded by lock */
};

/* What stands before the cursor. */
typedef enum
{
  PLACE_NAME,
  PLACE_FIELD,
  PLACE_TEST,
  PLACE_VALUE,
} Place;

typedef struct
{
  Place place;
  gsize start; /* of the word at the cursor, a quotation mark included */
  char *field; /* (owned) (nullable) */
} Spot;

static const struct
{
  MqKind      kind;
  const char *column, *prefix;
} name_columns[] = {
  { MQ_KIND_EVENTS, "event", "" },
  { MQ_KIND_MESSAGES, "status", "message." },
};

static const char *const tests[] = { "= ", "!= ", ">= ", "<= ", "> ", "< ", "contains ", "not contains ", "in (", "is missing", "is not missing", NULL };

static gboolean
is_plain (const char *word)
{
  return *word != '\0' && word[strcspn (word, ",[]()=<>!\" \t\r\n")] == '\0';
}

/* As the grammar wants it: in quotes where a word would end too early. (transfer full) */
static char *
write_word (const char *word)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *inner = NULL;

  if (is_plain (word))
    return g_strdup (word);
  parts = g_strsplit (word, "\"", -1);
  inner = g_strjoinv ("\"\"", parts);
  return g_strdup_printf ("\"%s\"", inner);
}

static int
compare_texts_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
is_taken (const char *name)
{
  return g_str_equal (name, "order") || g_str_equal (name, "order_created") || g_str_equal (name, "*") || g_str_has_prefix (name, "order.") ||
         g_str_has_prefix (name, "message.") || g_str_has_prefix (name, "event:");
}

static gboolean
add_names (MqStepWords *self, const MqRun *run, GError **error)
{
  static const char *const orders[] = { "order", "order.created", "order.paid", "order.shipped", "order.completed", "order.again", "order_created" };
  const MqFacts           *facts = mq_dataset_facts (self->dataset, MQ_KIND_ORDERS, run, error);

  if (facts == NULL)
    return FALSE;
  for (guint i = 0; facts->n_rows > 0 && i < G_N_ELEMENTS (orders); i++)
    g_ptr_array_add (self->names, g_strdup (orders[i]));
  for (guint i = 0; i < G_N_ELEMENTS (name_columns); i++)
    {
      g_autoptr (GError) local = NULL;
      const MqColumn *column = mq_dataset_column (self->dataset, name_columns[i].kind, name_columns[i].column, run, &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      for (guint code = 0; column != NULL && column->strings != NULL && code < mq_strings_length (column->strings); code++)
        {
          const char      *name = mq_strings_get (column->strings, code);
          g_autofree char *word = write_word (name);

          g_ptr_array_add (self->names, g_strconcat (name_columns[i].kind == MQ_KIND_EVENTS && is_taken (name) ? "event:" : name_columns[i].prefix, word, NULL));
        }
    }
  g_ptr_array_sort (self->names, compare_texts_cb);
  return TRUE;
}

static void
add_fields (MqStepWords *self)
{
  static const MqKind kinds[] = { MQ_KIND_EVENTS, MQ_KIND_MESSAGES, MQ_KIND_ORDERS, MQ_KIND_CUSTOMERS };
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_auto (GStrv) columns = mq_dataset_columns (self->dataset, kinds[i]);

      for (guint c = 0; columns[c] != NULL; c++)
        {
          const char      *colon = strchr (columns[c], ':');
          const char      *bare = g_str_has_prefix (columns[c], "prop:") || g_str_has_prefix (columns[c], "attr:") ? colon + 1 : columns[c];
          g_autofree char *name = g_strconcat (kinds[i] == MQ_KIND_CUSTOMERS ? "customer." : "", bare, NULL);
          char            *word;

          if (strchr (bare, '#') != NULL || g_str_has_prefix (bare, "key.") || g_str_has_prefix (bare, "raw:"))
            continue;
          word = write_word (name);
          if (g_hash_table_add (seen, word))
            g_ptr_array_add (self->fields, word);
          else
            g_free (word);
        }
    }
  g_ptr_array_sort (self->fields, compare_texts_cb);
}

/* The column's name that a field as written means, of the kind. */
static const MqColumn *
find_column (MqStepWords *self, const char *field, const MqRun *run, GError **error)
{
  static const MqKind kinds[] = { MQ_KIND_EVENTS, MQ_KIND_MESSAGES, MQ_KIND_ORDERS, MQ_KIND_CUSTOMERS };
  static const char  *prefixes[] = { "event.", "message.", "order.", "customer." };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gboolean         named = g_str_has_prefix (field, prefixes[i]);
      const char      *bare = named ? field + strlen (prefixes[i]) : field;
      gboolean         customer = kinds[i] == MQ_KIND_CUSTOMERS;
      g_autofree char *extra = g_strconcat (customer ? "attr:" : "prop:", bare, NULL);
      const char      *name = mq_dataset_has_column (self->dataset, kinds[i], bare) ? bare : extra;
      g_autoptr (GError) local = NULL;
      const MqColumn *column;

      if ((customer && !named) || !mq_dataset_has_column (self->dataset, kinds[i], name))
        continue;
      column = customer ? mq_dataset_attribute (self->dataset, name, run, &local) : mq_dataset_column (self->dataset, kinds[i], name, run, &local);
      if (column != NULL || local != NULL)
        {
          if (local != NULL)
            g_propagate_error (error, g_steal_pointer (&local));
          return column;
        }
    }
  return NULL;
}

/* Skips what is in quotes: the end of it, or `end`. */
static gsize
skip_quoted (const char *text, gsize at, gsize end)
{
  for (at++; at < end && text[at] != '"'; at++)
    ;
  return at;
}

static gsize
skip_blanks (const char *text, gsize at, gsize end)
{
  while (at < end && g_ascii_isspace (text[at]))
    at++;
  return at;
}

/* Where a word ends. */
static gsize
skip_word (const char *text, gsize at, gsize end)
{
  if (at < end && text[at] == '"')
    return MIN (skip_quoted (text, at, end) + 1, end);
  while (at < end && strchr (",[]()=<>! \t\r\n\"", text[at]) == NULL)
    at++;
  return at;
}

static char *
read_word (const char *text, gsize start, gsize end)
{
  g_autofree char *word = g_strndup (text + start, end - start);
  g_auto (GStrv) parts = NULL;

  if (*word != '"')
    return g_steal_pointer (&word);
  if (strlen (word) > 1 && g_str_has_suffix (word, "\""))
    word[strlen (word) - 1] = '\0';
  parts = g_strsplit (word + 1, "\"\"", -1);
  return g_strjoinv ("\"", parts);
}

/* Inside brackets from `at` on: a field, a test, a value, "and", the next field. */
static void
find_in_brackets (Spot *spot, const char *text, gsize at, gsize cursor)
{
  for (;;)
    {
      gsize end;

      at = skip_blanks (text, at, cursor);
      spot->place = PLACE_FIELD;
      spot->start = at;
      end = skip_word (text, at, cursor);
      if (end == cursor)
        return;
      g_free (spot->field);
      spot->field = read_word (text, at, end);
      spot->place = PLACE_TEST;
      spot->start = at = skip_blanks (text, end, cursor);
      if (at == cursor)
        return;
      while (at < cursor && strchr ("=<>!", text[at]) != NULL)
        at++;
      for (end = at; at == spot->start && end < cursor && g_ascii_isalpha (text[end]);)
        {
          end = skip_word (text, end, cursor);
          if (end == cursor) /* contains, in, is: still being written */
            return;
          end = skip_blanks (text, end, cursor);
          if (strncmp (text + spot->start, "not", 3) != 0 || end - spot->start > 4)
            break;
        }
      at = MAX (at, end);
      at = skip_blanks (text, at, cursor);
      do
        {
          at = skip_blanks (text, at + (at < cursor && (text[at] == '(' || text[at] == ',')), cursor);
          spot->place = PLACE_VALUE;
          spot->start = at;
          end = skip_word (text, at, cursor);
          if (end == cursor && (at == end || text[at] != '"' || end - at < 2 || text[end - 1] != '"'))
            return;
          at = skip_blanks (text, end, cursor);
        }
      while (at < cursor && text[at] == ',');
      if (at < cursor && text[at] == ')')
        at = skip_blanks (text, at + 1, cursor);
      if (cursor - at < 4 || g_ascii_strncasecmp (text + at, "and", 3) != 0 || !g_ascii_isspace (text[at + 3]))
        {
          spot->start = cursor;
          spot->place = PLACE_TEST;
          g_clear_pointer (&spot->field, g_free);
          return;
        }
      at += 3;
    }
}

/* The step that the cursor stands in begins after the last comma that is outside brackets and quotes. */
static void
find_spot (Spot *spot, const char *text, gsize cursor)
{
  gsize bracket = 0, begin = 0;

  for (gsize at = 0; at < cursor; at++)
    switch (text[at])
      {
      case '"':
        at = skip_quoted (text, at, cursor);
        break;
      case '[':
        bracket = bracket == 0 ? at + 1 : bracket;
        break;
      case ']':
        bracket = 0;
        begin = at + 1;
        break;
      case ',':
        begin = bracket == 0 ? at + 1 : begin;
        break;
      default:
        break;
      }
  *spot = (Spot){ PLACE_NAME, skip_blanks (text, begin, cursor), NULL };
  if (bracket > 0)
    find_in_brackets (spot, text, bracket, cursor);
  else if (begin > 0 && text[begin - 1] == ']')
    spot->start = G_MAXSIZE; /* a comma has to come */
}

/* 0: begins so, 1: holds it, -1: neither. */
static int
rank (const char *word, const char *folded)
{
  g_autofree char *lower = g_utf8_casefold (*word == '"' ? word + 1 : word, -1);
  const char      *bare = g_str_has_prefix (lower, "event:") && !g_str_has_prefix (folded, "event:") ? lower + 6 : lower;

  if (g_str_has_prefix (bare, folded))
    return 0;
  return *folded != '\0' && strstr (bare, folded) != NULL ? 1 : -1;
}

typedef struct
{
  GPtrArray *found[2]; /* (owned) by rank */
  char      *folded;   /* (owned) what is written */
  guint      most;
} Search;

static void
consider (Search *search, const char *word)
{
  int at = rank (word, search->folded);

  if (at >= 0 && search->found[at]->len < search->most)
    g_ptr_array_add (search->found[at], g_strdup (word));
}

/* After a field a blank has to come. */
static void
consider_list (Search *search, const GPtrArray *words, const char *after)
{
  for (guint i = 0; i < words->len; i++)
    {
      g_autofree char *word = g_strconcat (words->pdata[i], after, NULL);

      consider (search, word);
    }
}

static void
consider_values (MqStepWords *self, Search *search, const char *field, char **wanted)
{
  MqStrings *strings;

  g_mutex_lock (&self->lock);
  strings = g_hash_table_lookup (self->values, field);
  if (strings == NULL && wanted != NULL)
    *wanted = g_strdup (field);
  g_mutex_unlock (&self->lock);
  for (guint i = 0; strings != NULL && i < mq_strings_length (strings) && search->found[0]->len < search->most; i++)
    {
      g_autofree char *word = write_word (mq_strings_get (strings, i));

      consider (search, word);
    }
}

MqStepWords *
mq_step_words_new (MqDataset *dataset, const MqRun *run, GError **error)
{
  g_autoptr (MqStepWords) self = g_new0 (MqStepWords, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->dataset = mq_dataset_ref (dataset);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->fields = g_ptr_array_new_with_free_func (g_free);
  g_mutex_init (&self->lock);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) mq_strings_unref);
  if (!add_names (self, run, error))
    return NULL;
  add_fields (self);
  return g_steal_pointer (&self);
}

MqStepWords *
mq_step_words_ref (MqStepWords *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
mq_step_words_unref (MqStepWords *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_hash_table_unref (self->values);
  g_mutex_clear (&self->lock);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->fields);
  mq_dataset_unref (self->dataset);
  g_free (self);
}

char **
mq_step_words_complete (MqStepWords *self, const char *text, gsize cursor, guint most, gsize *start, char **field)
{
  Spot             spot;
  Search           search = { .most = most };
  g_autofree char *written = NULL;
  const char      *inner;
  GPtrArray       *out = g_ptr_array_new ();

  find_spot (&spot, text, cursor);
  *field = NULL;
  *start = MIN (spot.start, cursor);
  written = g_strndup (text + *start, cursor - *start);
  inner = *written == '"' ? written + 1 : written;
  search.folded = g_utf8_casefold (inner, -1);
  for (guint i = 0; i < G_N_ELEMENTS (search.found); i++)
    search.found[i] = g_ptr_array_new_with_free_func (g_free);
  if (spot.start > cursor || (spot.place == PLACE_TEST && spot.field == NULL))
    ;
  else if (spot.place == PLACE_VALUE)
    consider_values (self, &search, spot.field, field);
  else if (spot.place == PLACE_TEST)
    for (guint i = 0; tests[i] != NULL; i++)
      consider (&search, tests[i]);
  else
    consider_list (&search, spot.place == PLACE_NAME ? self->names : self->fields, spot.place == PLACE_FIELD ? " " : "");
  for (guint i = 0; i < G_N_ELEMENTS (search.found); i++)
    for (guint w = 0; w < search.found[i]->len && out->len < most; w++)
      if (!g_str_equal (search.found[i]->pdata[w], written))
        g_ptr_array_add (out, g_strdup (search.found[i]->pdata[w]));
  for (guint i = 0; i < G_N_ELEMENTS (search.found); i++)
    g_ptr_array_unref (search.found[i]);
  g_free (search.folded);
  g_free (spot.field);
  g_ptr_array_add (out, NULL);
  return (char **) g_ptr_array_free (out, FALSE);
}

gboolean
mq_step_words_load (MqStepWords *self, const char *field, const MqRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;
  const MqColumn *column = find_column (self, field, run, &local);
  MqStrings      *strings;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (column != NULL && column->strings != NULL)
    strings = mq_strings_ref ((MqStrings *) column->strings);
  else
    {
      MqStringsBuilder *builder = mq_strings_builder_new ();

      strings = mq_strings_builder_finish (builder);
    }
  g_mutex_lock (&self->lock);
  g_hash_table_replace (self->values, g_strdup (field), strings);
  g_mutex_unlock (&self->lock);
  return TRUE;
}
