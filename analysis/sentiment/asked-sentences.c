/* asked-sentences.c: most sentences ask nothing and are passed over in one reading; only those in which two signs stand side by
 * side that could be of a mark are folded and looked at. */

#include "config.h"

#include "sentiment/asked-sentences.h"

#include <string.h>

#include "sentiment/mood-text.h"

#define LONGEST_SENTENCE 240 /* bytes */
#define GRAIN 4096

/* What a character can be in a sentence; of the first four, once folded. */
enum
{
  ROLE_FIRST = 1,   /* first of a mark */
  ROLE_SECOND = 2,  /* second of one */
  ROLE_ALONE = 4,   /* a mark by itself */
  ROLE_OPENS = 8,   /* first of an opener */
  ROLE_END = 16,    /* ends a sentence */
  ROLE_BLANK = 32,  /* taken off at the ends of a sentence */
  ROLE_OUT = 64,    /* left out by folding */
  ROLE_FILLER = 128 /* itself the first of a filler */
};

static const char *const marks[] = { "?", "吗", "么样", "怎么", "为什么", "什么时候", "多少", "哪里", "能不能", "可不可以", "有没有", "是不是", "会不会", "几天", "多久", "如何", "请问", NULL };
static const char *const openers[] = { "what ", "how ", "when ", "where ", "why ", "which ", "who ", "can i ", "can you ", "do you ", "does it ", "does this ", "is there ", "is it ", "are there ", "will it ", "will you ", NULL };
static const char *const outcries[] = { "what a ", "what an ", "how dare ", NULL }; /* open like a question and ask nothing */
static const char *const fillers[] = { "请问", "麻烦", "这个", "这款", "大概", "能", "你好", "您好", "亲", "一下", "呢", "啊", "呀", "please", "hello", "hi ", NULL };

static guint8 roles[65536];

static void
find_marks (guint8 *of)
{
  for (guint i = 0; marks[i] != NULL; i++)
    {
      gunichar    first = g_utf8_get_char (marks[i]);
      const char *second = g_utf8_next_char (marks[i]);

      if (*second == '\0')
        of[first] |= ROLE_ALONE;
      else
        {
          of[first] |= ROLE_FIRST;
          of[g_utf8_get_char (second)] |= ROLE_SECOND;
        }
    }
  for (guint i = 0; openers[i] != NULL; i++)
    of[(guint8) *openers[i]] |= ROLE_OPENS;
}

static void
prepare (void)
{
  static const gunichar ends[] = { '?', '!', '.', '\n', ';', 0x3002, 0xff1f, 0xff01, 0xff1b };
  static gsize          ready;
  g_autofree guint8    *of = NULL;

  if (!g_once_init_enter (&ready))
    return;
  of = g_new0 (guint8, G_N_ELEMENTS (roles));
  find_marks (of);
  for (guint c = 1; c < G_N_ELEMENTS (roles); c++)
    {
      gunichar folded = mq_mood_fold_character (c);

      roles[c] = (folded == 0 ? ROLE_OUT : of[folded]) | (c < 128 && g_ascii_isspace (c) ? ROLE_BLANK : 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    roles[ends[i]] |= ROLE_END;
  for (guint i = 0; fillers[i] != NULL; i++)
    roles[g_utf8_get_char (fillers[i])] |= ROLE_FILLER;
  g_once_init_leave (&ready, 1);
}

static gboolean
asks (const char *folded)
{
  for (guint i = 0; marks[i] != NULL; i++)
    if (strstr (folded, marks[i]) != NULL)
      return TRUE;
  for (guint i = 0; outcries[i] != NULL; i++)
    if (g_str_has_prefix (folded, outcries[i]))
      return FALSE;
  for (guint i = 0; openers[i] != NULL; i++)
    if (g_str_has_prefix (folded, openers[i]))
      return TRUE;
  return FALSE;
}

/* The bytes of the filler that begins here; 0: none does. */
static gsize
measure_filler (const char *at)
{
  for (guint i = 0; fillers[i] != NULL; i++)
    if (g_str_has_prefix (at, fillers[i]))
      return strlen (fillers[i]);
  return 0;
}

static guint
read_letters (const char *folded, GArray *letters)
{
  guint before = letters->len;

  for (const char *at = folded; *at != '\0';)
    {
      guint32 c = g_utf8_get_char (at);
      gsize   skip = c < G_N_ELEMENTS (roles) && (roles[c] & ROLE_FILLER) != 0 ? measure_filler (at) : 0;

      at = skip > 0 ? at + skip : g_utf8_next_char (at);
      if (skip == 0 && g_unichar_isalnum (c))
        g_array_append_val (letters, c);
    }
  return letters->len - before;
}

static void
add_sentence (MqAskedSentences *self, const char *begin, const char *end, guint comment, gint64 time)
{
  char            folded[MQ_MOOD_FOLD_MOST (LONGEST_SENTENCE)];
  MqAskedSentence asked = { .comment = comment, .time = time, .first = self->letters->len };

  while (begin < end && g_ascii_isspace (*begin))
    begin++;
  while (end > begin && g_ascii_isspace (end[-1]))
    end--;
  if (begin == end || end - begin > LONGEST_SENTENCE)
    return;
  mq_mood_fold_bytes (begin, end - begin, folded);
  if (!asks (folded))
    return;
  asked.n = read_letters (folded, self->letters);
  if (asked.n < 2)
    {
      g_array_set_size (self->letters, asked.first);
      return;
    }
  asked.text = g_strndup (begin, end - begin);
  g_array_append_val (self->sentences, asked);
}

/* What the character at `*at` can be; moves behind it. */
static inline guint
read_role (const char **at)
{
  const guint8 *bytes = (const guint8 *) *at;

  if (bytes[0] < 0x80)
    {
      ++*at;
      return roles[bytes[0]];
    }
  if (bytes[0] >= 0xe0 && bytes[0] < 0xf0)
    {
      *at += 3;
      return roles[(bytes[0] & 15) << 12 | (bytes[1] & 63) << 6 | (bytes[2] & 63)];
    }
  {
    gunichar c = g_utf8_get_char (*at);

    *at = g_utf8_next_char (*at);
    return c < G_N_ELEMENTS (roles) ? roles[c] : 0;
  }
}

/* Sentences end with a full stop, a mark or a line. */
static void
add_sentences (MqAskedSentences *self, const MqFeedback *feedback, guint i)
{
  const MqComment *comment = &feedback->comments[i];
  const char      *begin = comment->text, *at = begin;
  gboolean         could_ask = FALSE, fresh = TRUE;
  guint            before = 0;

  while (*at != '\0')
    {
      guint role = read_role (&at);

      if ((role & ROLE_OUT) != 0)
        continue;
      could_ask |= (role & ROLE_ALONE) != 0 || ((before & ROLE_FIRST) != 0 && (role & ROLE_SECOND) != 0) || (fresh && (role & ROLE_OPENS) != 0);
      fresh &= (role & ROLE_BLANK) != 0;
      before = role;
      if ((role & ROLE_END) == 0)
        continue;
      if (could_ask)
        add_sentence (self, begin, at, i, comment->time);
      begin = at;
      could_ask = FALSE, fresh = TRUE, before = 0;
    }
  if (could_ask)
    add_sentence (self, begin, at, i, comment->time);
}

/* The sentences of a slice of the comments each. */
typedef struct
{
  const MqFeedback *feedback;
  MqAskedSentences *slices; /* (owned) */
} Reading;

static void
start (MqAskedSentences *self)
{
  self->sentences = g_array_new (FALSE, FALSE, sizeof (MqAskedSentence));
  self->letters = g_array_new (FALSE, FALSE, sizeof (guint32));
}

static gboolean
read_slice_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Reading *self = data;

  start (&self->slices[slice]);
  for (gsize i = first; i < last; i++)
    add_sentences (&self->slices[slice], self->feedback, i);
  return mq_run_check (run, error);
}

static void
clear_sentence_cb (gpointer data)
{
  g_free (((MqAskedSentence *) data)->text);
}

/* The texts are the list's from here on. */
static void
take_slice (MqAskedSentences *self, const MqAskedSentences *slice)
{
  for (guint i = 0; i < slice->sentences->len; i++)
    g_array_index (slice->sentences, MqAskedSentence, i).first += self->letters->len;
  g_array_append_vals (self->sentences, slice->sentences->data, slice->sentences->len);
  g_array_append_vals (self->letters, slice->letters->data, slice->letters->len);
  g_array_unref (slice->sentences);
  g_array_unref (slice->letters);
}

gboolean
mq_asked_sentences_init (MqAskedSentences *self, const MqFeedback *feedback, const MqRun *run, GError **error)
{
  gsize    n_slices = feedback->n / GRAIN + 1;
  Reading  reading = { feedback, g_new0 (MqAskedSentences, n_slices) };
  gboolean done;

  prepare ();
  done = mq_run_parallel (run, feedback->n, GRAIN, read_slice_cb, &reading, error);
  start (self);
  g_array_set_clear_func (self->sentences, clear_sentence_cb);
  for (gsize slice = 0; slice < n_slices; slice++)
    if (reading.slices[slice].sentences != NULL)
      take_slice (self, &reading.slices[slice]);
  g_free (reading.slices);
  return done;
}

void
mq_asked_sentences_clear (MqAskedSentences *self)
{
  g_clear_pointer (&self->sentences, g_array_unref);
  g_clear_pointer (&self->letters, g_array_unref);
}
