/* selector.c: reads the names of steps and their conditions: a hand-written descent over a short text. */

#include "config.h"

#include "query/selector.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis.h"

#define MAX_LENGTH 4096

typedef struct
{
  const char *text; /* the whole */
  const char *at;
  const char *setting;
  gboolean    quoted; /* whether the last word was in quotes */
} Reader;

static gboolean
fail (const Reader *reader, const char *what, GError **error)
{
  g_set_error (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("The setting “%s” cannot be read at character %ld. %s"), reader->setting, g_utf8_pointer_to_offset (reader->text, reader->at) + 1, what);
  return FALSE;
}

static void
skip_blanks (Reader *reader)
{
  while (g_ascii_isspace (*reader->at))
    reader->at++;
}

static gboolean
take (Reader *reader, const char *sign)
{
  skip_blanks (reader);
  if (!g_str_has_prefix (reader->at, sign))
    return FALSE;
  reader->at += strlen (sign);
  return TRUE;
}

static gboolean
ends_word (char c)
{
  return c == '\0' || g_ascii_isspace (c) || strchr (",[]()=<>!\"", c) != NULL;
}

/* A word of the grammar, in any case. */
static gboolean
take_keyword (Reader *reader, const char *word)
{
  gsize length = strlen (word);

  skip_blanks (reader);
  if (g_ascii_strncasecmp (reader->at, word, length) != 0 || !ends_word (reader->at[length]))
    return FALSE;
  reader->at += length;
  return TRUE;
}

static char *
read_quoted (Reader *reader, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (reader->at++;; reader->at++)
    {
      if (*reader->at == '\0')
        {
          fail (reader, _ ("A quotation mark is not closed."), error);
          return NULL;
        }
      if (*reader->at == '"' && *++reader->at != '"')
        break;
      g_string_append_c (text, *reader->at);
    }
  reader->quoted = TRUE;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
read_word (Reader *reader, GError **error)
{
  const char *start;

  skip_blanks (reader);
  reader->quoted = FALSE;
  if (*reader->at == '"')
    return read_quoted (reader, error);
  for (start = reader->at; !ends_word (*reader->at); reader->at++)
    ;
  if (start < reader->at)
    return g_strndup (start, reader->at - start);
  fail (reader, _ ("A name or a value is missing here."), error);
  return NULL;
}

static void
free_condition (gpointer data)
{
  MqCondition *condition = data;

  g_free (condition->field);
  g_strfreev (condition->values);
  g_free (condition);
}

static void
free_term (gpointer data)
{
  MqTerm *term = data;

  g_free (term->name);
  g_ptr_array_unref (term->conditions);
  g_free (term);
}

static gboolean
read_values (Reader *reader, MqCondition *condition, gboolean several, GError **error)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  do
    {
      char *value = read_word (reader, error);

      if (value == NULL)
        return FALSE;
      g_ptr_array_add (values, value);
    }
  while (several && take (reader, ","));
  g_ptr_array_add (values, NULL);
  condition->values = (char **) g_ptr_array_steal (values, NULL);
  return !several || take (reader, ")") || fail (reader, _ ("A closing parenthesis is missing."), error);
}

static gboolean
read_is (Reader *reader, MqCondition *condition, GError **error)
{
  condition->test = MQ_TEST_MISSING;
  condition->negated = take_keyword (reader, "not");
  return take_keyword (reader, "missing") || fail (reader, _ ("After “is” write “missing” or “not missing”."), error);
}

/* What follows a field. */
static gboolean
read_test (Reader *reader, MqCondition *condition, GError **error)
{
  static const struct
  {
    const char *sign;
    MqTest      test;
    gboolean    negated;
  } signs[] = {
    { "!=", MQ_TEST_EQUAL, TRUE },
    { "<=", MQ_TEST_LESS_EQUAL, FALSE },
    { ">=", MQ_TEST_GREATER_EQUAL, FALSE },
    { "=", MQ_TEST_EQUAL, FALSE },
    { "<", MQ_TEST_LESS, FALSE },
    { ">", MQ_TEST_GREATER, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (take (reader, signs[i].sign))
      {
        condition->test = signs[i].test;
        condition->negated = signs[i].negated;
        return read_values (reader, condition, FALSE, error);
      }
  if (take_keyword (reader, "is"))
    return read_is (reader, condition, error);
  condition->negated = take_keyword (reader, "not");
  if (take_keyword (reader, "contains"))
    {
      condition->test = MQ_TEST_CONTAINS;
      return read_values (reader, condition, FALSE, error);
    }
  if (take_keyword (reader, "in"))
    return (take (reader, "(") || fail (reader, _ ("After “in” write the values in parentheses."), error)) && read_values (reader, condition, TRUE, error);
  return fail (reader, _ ("A comparison is missing: one of = != < <= > >= contains, in, is missing."), error);
}

static gboolean
read_conditions (Reader *reader, MqTerm *term, GError **error)
{
  do
    {
      MqCondition *condition = g_new0 (MqCondition, 1);

      g_ptr_array_add (term->conditions, condition);
      condition->field = read_word (reader, error);
      if (condition->field == NULL || !read_test (reader, condition, error))
        return FALSE;
    }
  while (take_keyword (reader, "and"));
  return take (reader, "]") || fail (reader, _ ("The conditions of a step end with a closing bracket, and “and” stands between two of them."), error);
}

/* event:NAME and quoted names are always events. */
static void
set_name (MqTerm *term, const char *word, gboolean quoted)
{
  static const char *const acts[] = { "created", "paid", "shipped", "completed", "again", NULL };

  term->subject = MQ_SUBJECT_EVENT;
  if (!quoted && g_str_equal (word, "order"))
    term->subject = MQ_SUBJECT_ORDER;
  else if (!quoted && g_str_has_prefix (word, "order.") && g_strv_contains (acts, word + 6))
    {
      term->subject = MQ_SUBJECT_ORDER;
      term->name = g_strdup (word + 6);
    }
  else if (!quoted && g_str_equal (word, "order_created"))
    {
      term->subject = MQ_SUBJECT_ORDER;
      term->name = g_strdup ("unpaid");
    }
  else if (!quoted && g_str_has_prefix (word, "message."))
    {
      term->subject = MQ_SUBJECT_MESSAGE;
      term->name = g_str_equal (word + 8, "*") ? NULL : g_strdup (word + 8);
    }
  else if (quoted || !g_str_equal (word, "*"))
    term->name = g_strdup (word);
}

static gboolean
read_name (Reader *reader, MqTerm *term, GError **error)
{
  g_autofree char *word = NULL;
  gboolean         prefixed = take (reader, "event:");

  word = read_word (reader, error);
  if (word == NULL)
    return FALSE;
  if (!prefixed)
    set_name (term, word, reader->quoted);
  else if (reader->quoted || !g_str_equal (word, "*"))
    term->name = g_steal_pointer (&word);
  return TRUE;
}

static gboolean
read_terms (Reader *reader, MqSelector *self, GError **error)
{
  do
    {
      MqTerm *term = g_new0 (MqTerm, 1);

      term->conditions = g_ptr_array_new_with_free_func (free_condition);
      g_ptr_array_add (self->terms, term);
      if (!read_name (reader, term, error) || (take (reader, "[") && !read_conditions (reader, term, error)))
        return FALSE;
    }
  while (take (reader, ","));
  skip_blanks (reader);
  return *reader->at == '\0' || fail (reader, _ ("Here the step should end. Put a name that holds blanks or signs in double quotes."), error);
}

MqSelector *
mq_selector_parse (const char *text, const char *setting, GError **error)
{
  Reader reader = { text, text, setting, FALSE };
  g_autoptr (MqSelector) self = g_new0 (MqSelector, 1);

  self->text = g_strstrip (g_strdup (text));
  self->setting = g_strdup (setting);
  self->terms = g_ptr_array_new_with_free_func (free_term);
  if (strlen (text) > MAX_LENGTH || !g_utf8_validate (text, -1, NULL))
    {
      fail (&reader, _ ("It is too long, or no text."), error);
      return NULL;
    }
  return read_terms (&reader, self, error) ? g_steal_pointer (&self) : NULL;
}

void
mq_selector_free (MqSelector *self)
{
  g_free (self->text);
  g_free (self->setting);
  g_ptr_array_unref (self->terms);
  g_free (self);
}

gsize
mq_selector_find_last (const char *text, char delimiter)
{
  gsize    found = strlen (text);
  gboolean quoted = FALSE;
  guint    depth = 0;

  for (gsize i = 0; text[i] != '\0'; i++)
    {
      quoted ^= text[i] == '"';
      if (!quoted && text[i] == '[')
        depth++;
      else if (!quoted && text[i] == ']' && depth > 0)
        depth--;
      else if (!quoted && depth == 0 && text[i] == delimiter)
        found = i;
    }
  return found;
}
