/* mood-phrases.c: a frame, a listed word in it, and what the whole then says. */

#include "config.h"

#include "sentiment/trainer/mood-phrases.h"

#include <string.h>

#include "sentiment/mood-words.h"

typedef struct
{
  const char *frame; /* %s: the word */
  int         turns; /* -1: says the opposite of the word; 1: the same */
} Frame;

static const Frame chinese[] = {
  { "不%s", -1 },
  { "不是很%s", -1 },
  { "一点都不%s", -1 },
  { "没有%s", -1 },
  { "不怎么%s", -1 },
  { "并不%s", -1 },
  { "不太%s", -1 },
  { "感觉不%s", -1 },
  { "根本不%s", -1 },
  { "没那么%s", -1 },
  { "不够%s", -1 },
  { "从来没有%s过", -1 },
  { "毫不%s", -1 },
  { "谈不上%s", -1 },
  { "不会不%s", 1 },
  { "不是不%s", 1 },
  { "没有不%s", 1 },
  { "很%s", 1 },
  { "真%s", 1 },
  { "非常%s", 1 },
  { "特别%s", 1 },
};

static const Frame english[] = {
  { "not %s", -1 },
  { "it is not %s", -1 },
  { "it isn't %s", -1 },
  { "not very %s", -1 },
  { "never %s", -1 },
  { "it wasn't %s at all", -1 },
  { "no %s", -1 },
  { "without any %s", -1 },
  { "not %s at all", -1 },
  { "I don't %s it", -1 },
  { "nothing %s", -1 },
  { "there was no %s", -1 },
  { "hardly %s", -1 },
  { "not a single %s", -1 },
  { "not un %s", 1 },
  { "very %s", 1 },
  { "it is so %s", 1 },
  { "really %s", 1 },
  { "%s", 1 },
};

static void
add_phrases (MqMoodItems *items, MqMoodFeatures *features, const Frame *frames, gsize n_frames, gboolean in_chinese, MqWordKind kind, float weight)
{
  gboolean good = kind == MQ_WORD_POSITIVE || kind == MQ_WORD_VERY_POSITIVE;
  g_auto (GStrv) words = g_strsplit (mq_mood_words (kind, in_chinese), " ", -1);

  for (guint w = 0; words[w] != NULL; w++)
    for (gsize f = 0; f < n_frames; f++)
      {
        g_auto (GStrv) parts = g_strsplit (frames[f].frame, "%s", 2);
        g_autofree char *text = g_strjoinv (words[w], parts);
        gboolean         says_good = good == (frames[f].turns > 0);

        mq_mood_items_add (items, features, text, strlen (text), (MqMoodItem){ .polarity = says_good ? MQ_POLARITY_POSITIVE : MQ_POLARITY_NEGATIVE, .emotion = -1, .weight = weight });
      }
}

void
mq_mood_phrases_add (MqMoodItems *items, float weight)
{
  g_auto (MqMoodFeatures) features = { 0 };

  for (MqWordKind kind = MQ_WORD_POSITIVE; kind <= MQ_WORD_VERY_NEGATIVE; kind++)
    {
      add_phrases (items, &features, chinese, G_N_ELEMENTS (chinese), TRUE, kind, weight);
      add_phrases (items, &features, english, G_N_ELEMENTS (english), FALSE, kind, weight);
    }
}
