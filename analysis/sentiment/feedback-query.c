/* feedback-query.c: a recursive descent over the query, and its tree over a text. */

#include "config.h"

#include "sentiment/feedback-query.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "sentiment/mood-text.h"

#define DEEPEST 64

typedef enum
{
  NODE_WORD,
  NODE_AND,
  NODE_OR,
  NODE_NOT,
} NodeKind;

struct _MqFeedbackQuery
{
  NodeKind         kind;
  char            *word;   /* (owned) folded; "" matches everything */
  MqFeedbackQuery *first;  /* (owned) */
  MqFeedbackQuery *second; /* (owned) */
};

typedef struct
{
  const char *text;
  const char *setting; /* (nullable) */
  const char *at;
  guint       depth;
  GError    **error;
} Parser;

static MqFeedbackQuery *parse_or (Parser *parser);

static MqFeedbackQuery *
fail_at (Parser *parser, const char *place, const char *what)
{
  g_autofree char *column = g_strdup_printf ("%ld", g_utf8_pointer_to_offset (parser->text, place) + 1);

  if (parser->setting != NULL)
    mq_setting_fail (parser->error, _ ("The setting “%s” cannot be read at column %s: %s"), parser->setting, column, what);
  else
    mq_setting_fail (parser->error, _ ("Column %s: %s"), column, what);
  return NULL;
}

static void
skip_blanks (Parser *parser)
{
  while (*parser->at != '\0' && g_unichar_isspace (g_utf8_get_char (parser->at)))
    parser->at = g_utf8_next_char (parser->at);
}

static gboolean
is_quote (gunichar c)
{
  return c == '"' || c == 0x201c || c == 0x201d || c == 0x300c || c == 0x300d;
}

static gboolean
is_bracket (gunichar c, gboolean opening)
{
  return opening ? c == '(' || c == 0xff08 : c == ')' || c == 0xff09;
}

static gboolean
ends_word (gunichar c)
{
  return c == 0 || g_unichar_isspace (c) || is_quote (c) || is_bracket (c, TRUE) || is_bracket (c, FALSE);
}

static const char *
end_of_plain (const char *at)
{
  while (!ends_word (g_utf8_get_char (at)))
    at = g_utf8_next_char (at);
  return at;
}

static gboolean
take_keyword (Parser *parser, const char *keyword)
{
  gsize length = strlen (keyword);

  skip_blanks (parser);
  if (strncmp (parser->at, keyword, length) != 0 || !ends_word (g_utf8_get_char (parser->at + length)))
    return FALSE;
  parser->at += length;
  return TRUE;
}

static gboolean
sees_keyword (Parser *parser, const char *keyword)
{
  const char *at = parser->at;
  gboolean    sees = take_keyword (parser, keyword);

  parser->at = at;
  return sees;
}

static MqFeedbackQuery *
make_node (NodeKind kind, MqFeedbackQuery *first, MqFeedbackQuery *second)
{
  MqFeedbackQuery *node = g_new0 (MqFeedbackQuery, 1);

  node->kind = kind;
  node->first = first;
  node->second = second;
  return node;
}

static MqFeedbackQuery *
make_word (const char *begin, const char *end)
{
  MqFeedbackQuery *node = make_node (NODE_WORD, NULL, NULL);
  g_autofree char *word = g_strndup (begin, end - begin);

  node->word = mq_feedback_fold (word);
  return node;
}

static MqFeedbackQuery *
parse_quoted (Parser *parser)
{
  const char *open = parser->at, *begin = g_utf8_next_char (open), *end = begin;

  while (*end != '\0' && !is_quote (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  if (*end == '\0')
    return fail_at (parser, open, _ ("this quotation mark is not closed."));
  if (end == begin)
    return fail_at (parser, open, _ ("there is nothing between the quotation marks."));
  parser->at = g_utf8_next_char (end);
  return make_word (begin, end);
}

static MqFeedbackQuery *
parse_bracket (Parser *parser)
{
  const char *open = parser->at;
  g_autoptr (MqFeedbackQuery) inner = NULL;

  if (++parser->depth > DEEPEST)
    return fail_at (parser, open, _ ("brackets stand too deep inside each other."));
  parser->at = g_utf8_next_char (open);
  inner = parse_or (parser);
  if (inner == NULL)
    return NULL;
  skip_blanks (parser);
  if (!is_bracket (g_utf8_get_char (parser->at), FALSE))
    return fail_at (parser, open, _ ("this bracket is not closed."));
  parser->at = g_utf8_next_char (parser->at);
  parser->depth--;
  return g_steal_pointer (&inner);
}

static MqFeedbackQuery *
parse_term (Parser *parser)
{
  const char *begin;
  gunichar    c;

  if (take_keyword (parser, "NOT"))
    {
      MqFeedbackQuery *inner;

      if (++parser->depth > DEEPEST)
        return fail_at (parser, parser->at, _ ("brackets stand too deep inside each other."));
      inner = parse_term (parser);
      parser->depth--;
      return inner != NULL ? make_node (NODE_NOT, inner, NULL) : NULL;
    }
  skip_blanks (parser);
  c = g_utf8_get_char (parser->at);
  if (is_bracket (c, TRUE))
    return parse_bracket (parser);
  if (is_quote (c))
    return parse_quoted (parser);
  if (c == 0 || is_bracket (c, FALSE) || sees_keyword (parser, "AND") || sees_keyword (parser, "OR"))
    return fail_at (parser, parser->at, _ ("a word is missing here."));
  begin = parser->at;
  parser->at = end_of_plain (begin);
  return make_word (begin, parser->at);
}

static MqFeedbackQuery *
parse_and (Parser *parser)
{
  g_autoptr (MqFeedbackQuery) left = parse_term (parser);

  while (left != NULL)
    {
      gboolean         said = take_keyword (parser, "AND");
      MqFeedbackQuery *right;

      skip_blanks (parser);
      if (!said && (*parser->at == '\0' || is_bracket (g_utf8_get_char (parser->at), FALSE) || sees_keyword (parser, "OR")))
        break;
      right = parse_term (parser);
      if (right == NULL)
        return NULL;
      left = make_node (NODE_AND, g_steal_pointer (&left), right);
    }
  return g_steal_pointer (&left);
}

static MqFeedbackQuery *
parse_or (Parser *parser)
{
  g_autoptr (MqFeedbackQuery) left = parse_and (parser);

  while (left != NULL && take_keyword (parser, "OR"))
    {
      MqFeedbackQuery *right = parse_and (parser);

      if (right == NULL)
        return NULL;
      left = make_node (NODE_OR, g_steal_pointer (&left), right);
    }
  return g_steal_pointer (&left);
}

MqFeedbackQuery *
mq_feedback_query_parse (const char *query, const char *setting, GError **error)
{
  Parser parser = { query, setting, query, 0, error };
  g_autoptr (MqFeedbackQuery) tree = NULL;

  skip_blanks (&parser);
  if (*parser.at == '\0')
    return make_word (parser.at, parser.at);
  tree = parse_or (&parser);
  if (tree == NULL)
    return NULL;
  skip_blanks (&parser);
  if (*parser.at != '\0')
    return fail_at (&parser, parser.at, _ ("this bracket was never opened."));
  return g_steal_pointer (&tree);
}

void
mq_feedback_query_free (MqFeedbackQuery *self)
{
  if (self == NULL)
    return;
  mq_feedback_query_free (self->first);
  mq_feedback_query_free (self->second);
  g_free (self->word);
  g_free (self);
}

gboolean
mq_feedback_query_is_empty (const MqFeedbackQuery *self)
{
  return self->kind == NODE_WORD && *self->word == '\0';
}

gboolean
mq_feedback_query_matches (const MqFeedbackQuery *self, const char *folded)
{
  switch (self->kind)
    {
    case NODE_AND:
      return mq_feedback_query_matches (self->first, folded) && mq_feedback_query_matches (self->second, folded);
    case NODE_OR:
      return mq_feedback_query_matches (self->first, folded) || mq_feedback_query_matches (self->second, folded);
    case NODE_NOT:
      return !mq_feedback_query_matches (self->first, folded);
    case NODE_WORD:
    default:
      return strstr (folded, self->word) != NULL;
    }
}

/* A text as it is searched, and where its bytes come from. */
typedef struct
{
  GString *folded;
  GArray  *places; /* (element-type gsize) of each byte of it, and of its end, in the text */
  guint8  *found;  /* of each byte of the text */
} Tracing;

static void
trace (Tracing *self, const char *text)
{
  const char *at;
  gsize       place;

  for (at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = mq_mood_fold_character (g_utf8_get_char (at));

      place = at - text;
      if (c != 0)
        g_string_append_unichar (self->folded, c);
      while (self->places->len < self->folded->len)
        g_array_append_val (self->places, place);
    }
  place = at - text;
  g_array_append_val (self->places, place);
}

static void
find_words (const MqFeedbackQuery *self, Tracing *tracing)
{
  gsize length;

  if (self->kind == NODE_AND || self->kind == NODE_OR)
    {
      find_words (self->first, tracing);
      find_words (self->second, tracing);
    }
  if (self->kind != NODE_WORD || (length = strlen (self->word)) == 0)
    return;
  for (const char *at = tracing->folded->str; (at = strstr (at, self->word)) != NULL; at++)
    {
      gsize first = g_array_index (tracing->places, gsize, at - tracing->folded->str), end = g_array_index (tracing->places, gsize, at - tracing->folded->str + length);

      memset (tracing->found + first, 1, end - first);
    }
}

GArray *
mq_feedback_query_find (const MqFeedbackQuery *self, const char *text)
{
  gsize length = strlen (text);
  g_autoptr (GString) folded = g_string_new (NULL);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autofree guint8 *found = g_new0 (guint8, length + 1);
  Tracing            tracing = { folded, places, found };
  GArray            *spans = g_array_new (FALSE, FALSE, sizeof (MqFeedbackSpan));

  trace (&tracing, text);
  find_words (self, &tracing);
  for (gsize i = 0; i < length; i++)
    if (found[i] != 0)
      {
        MqFeedbackSpan span = { i, i };

        while (found[span.end] != 0)
          span.end++;
        g_array_append_val (spans, span);
        i = span.end;
      }
  return spans;
}

char *
mq_feedback_fold (const char *text)
{
  return mq_mood_fold_text (text);
}
