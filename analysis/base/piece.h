/* piece.h: how many bytes are read at a time. Fuzz targets are built with pieces so small that short inputs cross their
 * borders, and that no run pays for buffers it does not fill. */

#pragma once

#ifdef MQ_SMALL_PIECES
#define MQ_PIECE(bytes) 256
#else
#define MQ_PIECE(bytes) (bytes)
#endif
