/* lock.c: an open-file-description lock on a file beside the project (never on the project itself: closing any
 * descriptor of it would drop SQLite's locks). */

#include "config.h"

#include "project/lock.h"

#include "project/project.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HOLDER_LENGTH 256
#define MAX_TRIES 100

struct _MqLock
{
  char *path; /* (owned) */
  int   fd;
};

static char *
read_holder (int fd)
{
  char   text[HOLDER_LENGTH + 1];
  gssize length = pread (fd, text, HOLDER_LENGTH, 0);

  text[MAX (length, 0)] = '\0';
  g_strstrip (text);
  /* Whoever may write the folder wrote this: it is shown, so it must be text. */
  return *text != '\0' ? g_utf8_make_valid (text, -1) : g_strdup (_ ("another process"));
}

static void
write_holder (int fd)
{
  g_autofree char *text = g_strdup_printf ("pid %d on %s\n", (int) getpid (), g_get_host_name ());

  /* Only a hint for people: the lock holds without it. */
  if (ftruncate (fd, 0) != 0 || pwrite (fd, text, strlen (text), 0) < 0)
    g_debug ("lock file: %s", g_strerror (errno));
}

/* The one who held it before may have taken the file away between our open and our lock. */
static gboolean
is_still_there (const char *path, int fd)
{
  struct stat ours, theirs;

  return fstat (fd, &ours) == 0 && stat (path, &theirs) == 0 && ours.st_ino == theirs.st_ino && ours.st_dev == theirs.st_dev;
}

static gboolean
lock_fd (int fd)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  return fcntl (fd, F_OFD_SETLK, &lock) == 0;
}

static void
set_error (GError **error, const char *project_path, int number, const char *holder)
{
  g_autofree char *name = g_filename_display_basename (project_path);

  if (holder != NULL)
    g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_LOCKED, _ ("The project %s is open for writing in another process (%s). Close it there first."), name, holder);
  else
    g_set_error (error, MQ_PROJECT_ERROR, MQ_PROJECT_ERROR_READ_ONLY, _ ("The project %s cannot be opened for writing: its lock file cannot be made: %s."), name, g_strerror (number));
}

MqLock *
mq_lock_take (const char *project_path, char **holder, GError **error)
{
  g_autofree char *path = g_strconcat (project_path, ".lock", NULL);

  for (guint try = 0; try < MAX_TRIES; try++)
    {
      int     fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
      MqLock *self;

      if (fd < 0)
        {
          set_error (error, project_path, errno, NULL);
          return NULL;
        }
      if (!lock_fd (fd))
        {
          *holder = read_holder (fd);
          set_error (error, project_path, 0, *holder);
          close (fd);
          return NULL;
        }
      if (is_still_there (path, fd))
        {
          write_holder (fd);
          self = g_new0 (MqLock, 1);
          self->path = g_steal_pointer (&path);
          self->fd = fd;
          return self;
        }
      close (fd);
    }
  set_error (error, project_path, EAGAIN, NULL);
  return NULL;
}

void
mq_lock_free (MqLock *self)
{
  g_unlink (self->path);
  close (self->fd);
  g_free (self->path);
  g_free (self);
}
