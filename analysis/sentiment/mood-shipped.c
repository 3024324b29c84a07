/* mood-shipped.c: the model that is part of the program, laid into its read-only data by the assembler. */

#include "config.h"

#include "sentiment/mood-model.h"
#include "sentiment/mood-path.h"

__asm__(".pushsection .rodata\n"
        ".balign 16\n"
        ".hidden mq_mood_shipped\n"
        ".global mq_mood_shipped\n"
        "mq_mood_shipped:\n"
        ".incbin \"" MQ_MOOD_MODEL_PATH "\"\n"
        ".hidden mq_mood_shipped_end\n"
        ".global mq_mood_shipped_end\n"
        "mq_mood_shipped_end:\n"
        ".byte 0\n"
        ".popsection\n");

extern const guint8 mq_mood_shipped[] __attribute__ ((visibility ("hidden")));
extern const guint8 mq_mood_shipped_end[] __attribute__ ((visibility ("hidden")));

const MqMoodModel *
mq_mood_model_get (GError **error)
{
  static gsize        ready;
  static MqMoodModel *model;
  static GError      *failure;

  if (g_once_init_enter (&ready))
    {
      model = mq_mood_model_new (mq_mood_shipped, mq_mood_shipped_end - mq_mood_shipped, &failure);
      g_once_init_leave (&ready, 1);
    }
  if (model == NULL && error != NULL)
    *error = g_error_copy (failure);
  return model;
}
