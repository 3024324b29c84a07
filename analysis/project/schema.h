/* schema.h: the text of schema.sql, made by embed-sql.py. */

#pragma once

extern const char mq_schema_sql[];
